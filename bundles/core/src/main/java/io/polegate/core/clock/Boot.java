package io.polegate.core.clock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The boot of the machine that this process belongs to.
 *
 * @param id from the kernel; one of this process alone where the kernel does not tell
 * @param uptime of the machine when this was made; zero where the kernel does not tell
 */
record Boot(String id, Duration uptime) {
  private static final Logger LOG = LoggerFactory.getLogger(Boot.class);

  /**
   * Asks the kernel.
   *
   * @param proc {@code /proc}; anything else is for tests
   */
  static Boot of(Path proc) {
    try {
      String id = Files.readString(proc.resolve("sys/kernel/random/boot_id")).strip();
      String[] uptime = Files.readString(proc.resolve("uptime")).strip().split(" ", 2);
      return new Boot(id, Duration.ofMillis((long) (Double.parseDouble(uptime[0]) * 1000)));
    } catch (IOException | NumberFormatException e) {
      LOG.warn("the kernel does not tell its boot: stamps of earlier runs cannot be put right", e);
      return new Boot(UUID.randomUUID().toString(), Duration.ZERO);
    }
  }
}
