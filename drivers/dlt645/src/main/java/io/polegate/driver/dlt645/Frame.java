package io.polegate.driver.dlt645;

import io.polegate.api.data.Bytes;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * One frame of DL/T 645-2007: 68, six bytes of address, 68, control, length, data, the sum of all
 * before it modulo 256, 16. The address goes low byte first, and 0x33 is added to each byte of
 * data. Pure.
 *
 * @param address twelve digits as printed on the meter, hexadecimal if it came from the line
 * @param control 0 to 255; bit 7 marks an answer, bit 6 a refusal, bit 5 that more frames follow
 * @param data without the added 0x33, as on the line, at most 255 bytes
 */
record Frame(String address, int control, Bytes data) {
  /** Bytes beside the data. */
  static final int OVERHEAD = 12;

  /** What wakes a receiver up; up to four of them come before a frame. */
  static final byte WAKE = (byte) 0xFE;

  private static final byte START = 0x68;
  private static final byte END = 0x16;
  private static final int ADDRESS_BYTES = 6;
  private static final int DATA = 10;
  private static final int MASK = 0x33;

  /** Whether a meter said it. */
  boolean answer() {
    return (control & 0x80) != 0;
  }

  /** Whether the meter refuses. */
  boolean refusal() {
    return (control & 0x40) != 0;
  }

  /** Whether there is more than fits this frame. */
  boolean more() {
    return (control & 0x20) != 0;
  }

  /** What is asked for, or was asked for. */
  int function() {
    return control & 0x1F;
  }

  /** The bytes on the line, after {@code wake} bytes that wake the meter up. */
  byte[] encode(int wake) {
    byte[] content = data.toArray();
    byte[] line = new byte[wake + OVERHEAD + content.length];
    Arrays.fill(line, 0, wake, WAKE);
    line[wake] = START;
    byte[] low = lowFirst(address);
    System.arraycopy(low, 0, line, wake + 1, ADDRESS_BYTES);
    line[wake + 7] = START;
    line[wake + 8] = (byte) control;
    line[wake + 9] = (byte) content.length;
    for (int i = 0; i < content.length; i++) {
      line[wake + DATA + i] = (byte) (content[i] + MASK);
    }
    line[line.length - 2] = sum(line, wake, line.length - 2);
    line[line.length - 1] = END;
    return line;
  }

  /** The frame that begins exactly here, without what may wake a receiver up, if it is intact. */
  static Optional<Frame> decode(byte[] line, int start) {
    if (start + OVERHEAD > line.length || line[start] != START || line[start + 7] != START) {
      return Optional.empty();
    }
    int length = line[start + 9] & 0xFF;
    int end = start + OVERHEAD + length;
    if (end > line.length || line[end - 1] != END || line[end - 2] != sum(line, start, end - 2)) {
      return Optional.empty();
    }
    byte[] data = Arrays.copyOfRange(line, start + DATA, start + DATA + length);
    for (int i = 0; i < length; i++) {
      data[i] = (byte) (data[i] - MASK);
    }
    byte[] address = Arrays.copyOfRange(line, start + 1, start + 7);
    return Optional.of(new Frame(asPrinted(address), line[start + 8] & 0xFF, Bytes.of(data)));
  }

  /** Bytes of hexadecimal digits, in the order of the line. */
  static byte[] lowFirst(String digits) {
    return reversed(Bytes.ofHex(digits).toArray());
  }

  /** Hexadecimal digits of bytes that came in the order of the line. */
  static String asPrinted(byte[] lowFirst) {
    return Bytes.of(reversed(lowFirst)).toHex().toUpperCase(Locale.ROOT);
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  private static byte sum(byte[] line, int start, int end) {
    byte sum = 0;
    for (int i = start; i < end; i++) {
      sum = (byte) (sum + line[i]);
    }
    return sum;
  }
}
