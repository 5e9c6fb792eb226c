package io.polegate.buffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * How much of the write-ahead log is in use, which its length does not tell. The layout is that of
 * the <a href="https://www.sqlite.org/walformat.html#walidxfmt">WAL-index format</a>. Stateless.
 */
record LogIndex(Path sharedMemory) {
  /** Where the number of frames stands. */
  private static final int FRAMES_AT = 16;

  /** Frames that are not yet overwritten; 0 if there is no log. */
  long frames() throws IOException {
    if (!Files.exists(sharedMemory)) {
      return 0;
    }
    ByteBuffer number = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder());
    try (FileChannel channel = FileChannel.open(sharedMemory, StandardOpenOption.READ)) {
      if (channel.read(number, FRAMES_AT) < number.capacity()) {
        return 0;
      }
    }
    return Integer.toUnsignedLong(number.getInt(0));
  }
}
