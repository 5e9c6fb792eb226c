package io.polegate.testkit.modbus;

import java.util.Arrays;

/** Frames of Modbus RTU: unit, request or answer, checksum with the low byte first. */
final class RtuFrames {
  private RtuFrames() {}

  /** The frame around an answer. */
  static byte[] frame(int unit, byte[] pdu) {
    byte[] frame = new byte[pdu.length + 3];
    frame[0] = (byte) unit;
    System.arraycopy(pdu, 0, frame, 1, pdu.length);
    int crc = crc(frame, pdu.length + 1);
    frame[pdu.length + 1] = (byte) crc;
    frame[pdu.length + 2] = (byte) (crc >> 8);
    return frame;
  }

  /**
   * Length of the whole request that {@code buffer} starts with, 0 if more must come to say so, -1
   * if it is none.
   */
  static int requestLength(byte[] buffer) {
    if (buffer.length < 2) {
      return 0;
    }
    int function = buffer[1] & 0xFF;
    if (function >= 1 && function <= 6) {
      return 8;
    }
    if (function == 15 || function == 16) {
      return buffer.length < 7 ? 0 : 9 + (buffer[6] & 0xFF);
    }
    // of other functions only the checksum tells where the request ends
    return buffer.length > 3 && intact(buffer) ? buffer.length : -1;
  }

  /** Whether the checksum at the end is right. */
  static boolean intact(byte[] frame) {
    byte[] right = frame(frame[0], Arrays.copyOfRange(frame, 1, frame.length - 2));
    return Arrays.equals(right, frame);
  }

  private static int crc(byte[] bytes, int length) {
    int crc = 0xFFFF;
    for (int i = 0; i < length; i++) {
      crc ^= bytes[i] & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xA001;
      }
    }
    return crc;
  }
}
