package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class PacketLimitTest {
  private static final byte[] PUBACK = {0x40, 2, 0, 7};

  private static byte[] publish(int length) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(0x32);
    for (int rest = length; rest > 0; rest >>= 7) {
      packet.write((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    }
    packet.writeBytes(new byte[length]);
    return packet.toByteArray();
  }

  private static byte[] joined(byte[]... packets) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] packet : packets) {
      all.writeBytes(packet);
    }
    return all.toByteArray();
  }

  private static byte[] through(byte[] bytes) throws IOException {
    try (InputStream limit = new PacketLimit(new ByteArrayInputStream(bytes))) {
      return limit.readAllBytes();
    }
  }

  @Test
  void packetsWithinTheBoundPassUnchanged() throws IOException {
    byte[] packets =
        joined(PUBACK, publish(1), publish(PacketLimit.PACKET_BYTES), new byte[] {(byte) 0xd0, 0});
    assertThat(through(packets)).isEqualTo(packets);
  }

  @Test
  void aPublishBeyondTheBoundIsCutAndTheNextPacketIsWhole() throws IOException {
    assertThat(through(joined(publish(3_000_000), PUBACK)))
        .isEqualTo(joined(publish(PacketLimit.PACKET_BYTES), PUBACK));
  }

  @Test
  void otherPacketsBeyondTheBoundBreakTheConnection() {
    byte[] packet = publish(3_000_000);
    packet[0] = (byte) 0x90;
    assertThatThrownBy(() -> through(packet)).isInstanceOf(IOException.class);
  }

  @Test
  void aLengthThatDoesNotEndBreaksTheConnection() {
    byte[] packet = {0x32, -1, -1, -1, -1, -1};
    assertThatThrownBy(() -> through(packet)).isInstanceOf(IOException.class);
  }

  @Test
  void aTimeOutAnywhereLosesNothing() throws IOException {
    byte[] packets = joined(publish(300), publish(200_000), PUBACK);
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    try (InputStream limit = new PacketLimit(new Slow(packets))) {
      byte[] some = new byte[1000];
      int count = 0;
      while (count >= 0) {
        try {
          count = limit.read(some);
          seen.writeBytes(Arrays.copyOf(some, Math.max(count, 0)));
        } catch (SocketTimeoutException e) {
          // read again, as the client does
        }
      }
    }
    assertThat(seen.toByteArray())
        .isEqualTo(joined(publish(300), publish(PacketLimit.PACKET_BYTES), PUBACK));
  }

  /** Times out before each few bytes. */
  private static final class Slow extends InputStream {
    private final byte[] bytes;
    private int position;
    private boolean ready;

    private Slow(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("read in blocks");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      ready = !ready;
      if (!ready) {
        throw new SocketTimeoutException("slow");
      }
      if (position == bytes.length) {
        return -1;
      }
      int count = Math.min(Math.min(length, 7), bytes.length - position);
      System.arraycopy(bytes, position, target, offset, count);
      position += count;
      return count;
    }
  }
}
