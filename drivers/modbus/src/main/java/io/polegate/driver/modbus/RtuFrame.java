package io.polegate.driver.modbus;

import com.digitalpetri.modbus.Crc16;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Frames of a serial line: unit, request or answer, checksum with the low byte first. Pure. */
final class RtuFrame {
  /** Bytes around an answer. */
  static final int OVERHEAD = 3;

  private RtuFrame() {}

  /** The frame around a request. */
  static byte[] of(int unit, byte[] pdu) {
    byte[] frame = new byte[pdu.length + OVERHEAD];
    frame[0] = (byte) unit;
    System.arraycopy(pdu, 0, frame, 1, pdu.length);
    int crc = crc(frame, 0, pdu.length + 1);
    frame[frame.length - 2] = (byte) crc;
    frame[frame.length - 1] = (byte) (crc >> 8);
    return frame;
  }

  /**
   * Looks for the answer to a request in what the line brought. Noise, echoes and answers that
   * belong to something else may stand before it.
   */
  static Optional<byte[]> find(byte[] received, int unit, ModbusRequest request) {
    for (int start = 0; start + OVERHEAD < received.length; start++) {
      if (received[start] == (byte) unit) {
        int length = lengthAt(received, start + 1, request);
        if (length > 0 && intact(received, start, length + OVERHEAD)) {
          return Optional.of(Arrays.copyOfRange(received, start + 1, start + 1 + length));
        }
      }
    }
    return Optional.empty();
  }

  private static int lengthAt(byte[] received, int offset, ModbusRequest request) {
    if (request.answerStarts(received, offset)) {
      return request.answerLength();
    }
    return request.refusalStarts(received, offset) ? ModbusRequest.REFUSAL_LENGTH : 0;
  }

  private static boolean intact(byte[] bytes, int start, int length) {
    if (start + length > bytes.length) {
      return false;
    }
    int crc = crc(bytes, start, length - 2);
    return bytes[start + length - 2] == (byte) crc
        && bytes[start + length - 1] == (byte) (crc >> 8);
  }

  private static int crc(byte[] bytes, int offset, int length) {
    Crc16 crc = new Crc16();
    // a slice, because the library gets buffers wrong that do not start at 0
    crc.update(ByteBuffer.wrap(bytes, offset, length).slice());
    return crc.getValue();
  }
}
