package io.polegate.cloud;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts MQTT PUBLISH packets that are too large down to a bound, because Paho takes memory for
 * whatever length a packet claims. The packet arrives with a payload that is still too large to be
 * a command, so it is refused and acknowledged, and does not come again. A read that times out may
 * be repeated. One thread.
 */
final class PacketLimit extends FilterInputStream {
  /** Room for the longest topic and for more than the longest command. */
  static final int PACKET_BYTES = 128_000;

  private static final int PUBLISH = 3;
  private static final int MAX_LENGTH_BYTES = 4;

  private final byte[] header = new byte[1 + MAX_LENGTH_BYTES];
  private int headerRead;
  private int headerGiven;
  private boolean headerComplete;
  private long bodyLeft;
  private long skipLeft;

  PacketLimit(InputStream in) {
    super(new BufferedInputStream(in, 4096));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!headerComplete && !readHeader()) {
      return -1;
    }
    if (headerGiven < headerRead) {
      target[offset] = header[headerGiven++];
      endOfPacket();
      return 1;
    }
    int count = in.read(target, offset, (int) Math.min(length, bodyLeft));
    if (count > 0) {
      bodyLeft -= count;
      endOfPacket();
    }
    return count;
  }

  private void endOfPacket() {
    if (headerGiven == headerRead && bodyLeft == 0) {
      headerComplete = false;
      headerRead = 0;
      headerGiven = 0;
    }
  }

  private boolean readHeader() throws IOException {
    while (skipLeft > 0) {
      if (in.read() < 0) {
        return false;
      }
      skipLeft--;
    }
    while (headerRead < 2 || (header[headerRead - 1] & 0x80) != 0) {
      if (headerRead == header.length) {
        throw new IOException("the broker sent a packet length of more than 4 bytes");
      }
      int next = in.read();
      if (next < 0) {
        return false;
      }
      header[headerRead++] = (byte) next;
    }
    bound();
    headerComplete = true;
    return true;
  }

  private void bound() throws IOException {
    long claimed = 0;
    for (int i = headerRead - 1; i > 0; i--) {
      claimed = claimed << 7 | (header[i] & 0x7f);
    }
    bodyLeft = Math.min(claimed, PACKET_BYTES);
    skipLeft = claimed - bodyLeft;
    if (skipLeft == 0) {
      return;
    }
    if ((header[0] & 0xff) >> 4 != PUBLISH) {
      throw new IOException("the broker sent a packet of " + claimed + " bytes");
    }
    headerRead = 1;
    for (long rest = bodyLeft; rest > 0; rest >>= 7) {
      header[headerRead++] = (byte) ((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    }
  }
}
