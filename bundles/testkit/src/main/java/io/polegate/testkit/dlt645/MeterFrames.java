package io.polegate.testkit.dlt645;

import java.util.Arrays;
import java.util.HexFormat;

/** Frames of DL/T 645-2007, written apart from the driver's. */
final class MeterFrames {
  private static final int SHORTEST = 12;

  private MeterFrames() {}

  /** A frame without what wakes the receiver up. */
  static byte[] frame(String address, int control, byte[] data) {
    byte[] frame = new byte[SHORTEST + data.length];
    byte[] number = lowFirst(address);
    frame[0] = 0x68;
    System.arraycopy(number, 0, frame, 1, 6);
    frame[7] = 0x68;
    frame[8] = (byte) control;
    frame[9] = (byte) data.length;
    int sum = 0;
    for (int i = 0; i < data.length; i++) {
      frame[10 + i] = (byte) ((data[i] & 0xFF) + 0x33);
    }
    for (int i = 0; i < frame.length - 2; i++) {
      sum += frame[i] & 0xFF;
    }
    frame[frame.length - 2] = (byte) sum;
    frame[frame.length - 1] = 0x16;
    return frame;
  }

  /** Length of the intact frame that starts here, 0 if there is none (yet). */
  static int lengthAt(byte[] bytes, int start) {
    if (bytes.length - start < SHORTEST || bytes[start] != 0x68 || bytes[start + 7] != 0x68) {
      return 0;
    }
    int length = SHORTEST + (bytes[start + 9] & 0xFF);
    if (bytes.length - start < length) {
      return 0;
    }
    byte[] frame = Arrays.copyOfRange(bytes, start, start + length);
    return Arrays.equals(frame, frame(address(frame), frame[8], data(frame))) ? length : 0;
  }

  /** Twelve digits as printed. */
  static String address(byte[] frame) {
    return printed(Arrays.copyOfRange(frame, 1, 7));
  }

  /** The data as they were before 0x33 was added. */
  static byte[] data(byte[] frame) {
    byte[] data = Arrays.copyOfRange(frame, 10, frame.length - 2);
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) ((data[i] & 0xFF) - 0x33);
    }
    return data;
  }

  /** From digits as printed to the order of the line. */
  static byte[] lowFirst(String digits) {
    byte[] bytes = HexFormat.of().parseHex(digits);
    for (int i = 0; i < bytes.length / 2; i++) {
      byte swapped = bytes[i];
      bytes[i] = bytes[bytes.length - 1 - i];
      bytes[bytes.length - 1 - i] = swapped;
    }
    return bytes;
  }

  /** From the order of the line to digits as printed. */
  static String printed(byte[] lowFirst) {
    String digits = HexFormat.of().withUpperCase().formatHex(lowFirst);
    return HexFormat.of().withUpperCase().formatHex(lowFirst(digits));
  }
}
