package io.polegate.driver.gpio;

import com.pi4j.Pi4J;
import com.pi4j.boardinfo.util.BoardInfoHelper;
import com.pi4j.context.Context;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProvider;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalOutputProvider;
import io.polegate.api.driver.EndpointDownException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** A Raspberry Pi: the only boards that Pi4J 2.8.0 works on by libgpiod. */
final class RaspberryBoard implements Board {
  private static final Set<String> WITH_NATIVES = Set.of("aarch64", "arm");

  private final Path chip;
  private final String architecture;
  private final Sysfs sysfs;

  /**
   * A board.
   *
   * @param chip its device file
   * @param architecture as Java names it
   * @param sysfs the same chip there
   */
  RaspberryBoard(Path chip, String architecture, Sysfs sysfs) {
    this.chip = chip;
    this.architecture = architecture;
    this.sysfs = sysfs;
  }

  @Override
  public Context open() throws EndpointDownException {
    if (!Files.exists(chip)) {
      throw new EndpointDownException(
          "no GPIO chip \"" + chip + "\": see ls /dev/gpiochip*, or this machine has no pins");
    }
    if (!WITH_NATIVES.contains(architecture)) {
      throw new EndpointDownException(
          "GPIO needs 32 or 64 bit ARM, and this machine is " + architecture);
    }
    if (!Files.isReadable(chip) || !Files.isWritable(chip)) {
      throw new EndpointDownException(
          "may not use \"" + chip + "\": put the gateway's user into the group gpio");
    }
    if (!BoardInfoHelper.runningOnRaspberryPi()) {
      throw new EndpointDownException(
          "cannot use \"" + chip + "\": Pi4J does not know this board, only Raspberry Pi");
    }
    try {
      return Pi4J.newContextBuilder()
          .add(GpioDDigitalInputProvider.newInstance(), GpioDDigitalOutputProvider.newInstance())
          .build();
    } catch (RuntimeException | LinkageError e) {
      // the native part may not load, or find no chip behind the header
      throw new EndpointDownException("Pi4J cannot use \"" + chip + "\": " + e.getMessage(), e);
    }
  }

  @Override
  public boolean level(int line) throws IOException {
    // the character device cannot look at an output without taking it; sysfs can, it exports as is
    return sysfs.peek(line);
  }
}
