package io.polegate.buffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Looks for damage inside a write-ahead log. SQLite takes a log up to the first frame that does not
 * check and forgets the rest without a word. A power cut tears at most the last transaction; so
 * when more than one commit lies behind the first bad frame, committed data is damaged. The layout
 * is that of the <a href="https://www.sqlite.org/fileformat2.html#walformat">WAL format</a>.
 */
final class WalScan {
  private static final int HEADER = 32;
  private static final int FRAME_HEADER = 24;
  static final int FRAME = FRAME_HEADER + DatabaseFile.PAGE_BYTES;
  private static final int MAGIC = 0x377f0682;

  private final FileChannel channel;
  private int sum1;
  private int sum2;

  private WalScan(FileChannel channel) {
    this.channel = channel;
  }

  static boolean findsDamage(Path log) throws IOException {
    if (!Files.exists(log) || Files.size(log) < HEADER + FRAME) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
      return new WalScan(channel).findsDamage();
    }
  }

  private boolean findsDamage() throws IOException {
    ByteBuffer header = read(0, HEADER);
    int magic = header.getInt(0);
    ByteOrder order = (magic & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    add(header.slice(0, FRAME_HEADER), order);
    long frames = (channel.size() - HEADER) / FRAME;
    if ((magic & ~1) != MAGIC || sum1 != header.getInt(24) || sum2 != header.getInt(28)) {
      return commitsFrom(0, frames, read(HEADER, FRAME_HEADER).getLong(8)) > 1;
    }
    long salts = header.getLong(16);
    long good = 0;
    while (good < frames && isGood(read(HEADER + good * FRAME, FRAME), salts, order)) {
      good++;
    }
    return commitsFrom(good, frames, salts) > 1;
  }

  private boolean isGood(ByteBuffer frame, long salts, ByteOrder order) {
    add(frame.slice(0, 8), order);
    add(frame.slice(FRAME_HEADER, DatabaseFile.PAGE_BYTES), order);
    return frame.getLong(8) == salts && frame.getInt(16) == sum1 && frame.getInt(20) == sum2;
  }

  private int commitsFrom(long first, long frames, long salts) throws IOException {
    int commits = 0;
    for (long i = first; i < frames; i++) {
      ByteBuffer header = read(HEADER + i * FRAME, FRAME_HEADER);
      if (header.getLong(8) == salts && header.getInt(4) != 0) {
        commits++;
      }
    }
    return commits;
  }

  private void add(ByteBuffer bytes, ByteOrder order) {
    ByteBuffer words = bytes.order(order);
    while (words.remaining() >= 8) {
      sum1 += words.getInt() + sum2;
      sum2 += words.getInt() + sum1;
    }
  }

  private ByteBuffer read(long position, int length) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(length);
    while (target.hasRemaining()) {
      if (channel.read(target, position + target.position()) < 0) {
        break;
      }
    }
    return target.rewind();
  }
}
