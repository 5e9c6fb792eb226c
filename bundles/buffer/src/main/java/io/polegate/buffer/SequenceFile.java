package io.polegate.buffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * The highest sequence number that may have been used, kept beside the database so that it outlives
 * it. Reserved far ahead: the file is written once per {@value #STEP} numbers. For one thread.
 */
final class SequenceFile {
  private static final int STEP = 100_000;
  private static final int SIZE = 20;

  private final Path file;
  private long reserved;
  private long floor;

  /** Reads what is there; a file that is missing or damaged reserves nothing. */
  SequenceFile(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      read(ByteBuffer.wrap(Files.readAllBytes(file)));
    }
  }

  /** No number above this one was ever used. */
  long reserved() {
    return reserved;
  }

  /** Missing numbers up to this one were evicted in good order. */
  long floor() {
    return floor;
  }

  /** Returns when {@code seq} may be used. */
  void ensure(long seq, long newFloor) throws IOException {
    if (seq > reserved) {
      write(seq + STEP, newFloor);
    }
  }

  private void read(ByteBuffer content) {
    if (content.capacity() == SIZE && content.getInt(16) == checksum(content)) {
      reserved = content.getLong(0);
      floor = content.getLong(8);
    }
  }

  private void write(long newReserved, long newFloor) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(SIZE).putLong(newReserved).putLong(newFloor);
    content.putInt(checksum(content)).flip();
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      while (content.hasRemaining()) {
        channel.write(content);
      }
      channel.force(true);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    Folders.sync(file.toAbsolutePath().getParent());
    reserved = newReserved;
    floor = newFloor;
  }

  private static int checksum(ByteBuffer content) {
    CRC32C crc = new CRC32C();
    crc.update(content.slice(0, 16));
    return (int) crc.getValue();
  }
}
