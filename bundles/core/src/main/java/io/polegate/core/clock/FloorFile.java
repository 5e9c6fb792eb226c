package io.polegate.core.clock;

import io.polegate.api.config.ClockSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the clock has to know at the next start: {@code <instant> <trust> <checksum>}, one line. A
 * file that is damaged, or that somebody else wrote, is as good as none. For one thread.
 */
final class FloorFile {
  private static final Logger LOG = LoggerFactory.getLogger(FloorFile.class);
  private static final int MOST_BYTES = 200;

  private final Path file;

  FloorFile(Path file) {
    this.file = file;
  }

  /**
   * What is remembered.
   *
   * @param seen newest trusted time
   * @param trust who had to vouch for the clock
   */
  record Memory(Instant seen, ClockSpec.Trust trust) {}

  /** Empty if there is none that can be used. */
  Optional<Memory> read() {
    try (var in = Files.newInputStream(file)) {
      String line = new String(in.readNBytes(MOST_BYTES), StandardCharsets.US_ASCII).strip();
      String[] words = line.split(" ", -1);
      if (words.length == 3 && words[2].equals(checksum(words[0] + " " + words[1]))) {
        return Optional.of(new Memory(Instant.parse(words[0]), ClockSpec.Trust.valueOf(words[1])));
      }
      LOG.warn("\"{}\" is damaged: the clock starts without what it remembered", file);
    } catch (NoSuchFileException e) {
      LOG.debug("\"{}\" is not there yet", file, e);
    } catch (IOException | DateTimeException | IllegalArgumentException e) {
      LOG.warn("\"{}\" cannot be used: the clock starts without what it remembered", file, e);
    }
    return Optional.empty();
  }

  /**
   * Brings it to disk.
   *
   * @throws IOException if that cannot be; what was there before still is
   */
  void write(Memory memory) throws IOException {
    String words = memory.seen() + " " + memory.trust();
    byte[] line = (words + " " + checksum(words) + "\n").getBytes(StandardCharsets.US_ASCII);
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer left = ByteBuffer.wrap(line);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel folder =
        FileChannel.open(file.toAbsolutePath().resolveSibling("."), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  private static String checksum(String words) {
    CRC32C crc = new CRC32C();
    crc.update(words.getBytes(StandardCharsets.US_ASCII));
    return Long.toHexString(crc.getValue());
  }
}
