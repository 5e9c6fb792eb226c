package io.polegate.driver.modbus;

import com.digitalpetri.modbus.Crc16;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Modbus RTU: unit, request or answer, checksum with the low byte first. A frame does not say where
 * it begins or how long it is; both follow from the function, and the checksum decides. Pure.
 */
record RtuFraming() implements Framing {
  private static final int AROUND = 3;
  private static final int[] NO_LENGTHS = {};

  @Override
  public byte[] frame(int number, int unit, byte[] pdu) {
    byte[] frame = new byte[pdu.length + AROUND];
    frame[0] = (byte) unit;
    System.arraycopy(pdu, 0, frame, 1, pdu.length);
    int crc = crc(frame, 0, pdu.length + 1);
    frame[frame.length - 2] = (byte) crc;
    frame[frame.length - 1] = (byte) (crc >> 8);
    return frame;
  }

  @Override
  public int characters(int pduLength) {
    return AROUND + pduLength;
  }

  @Override
  public boolean numbered() {
    return false;
  }

  /** Looks for frames of the standard functions, answers and requests, and of any at the end. */
  @Override
  public Optional<Frame> next(byte[] received, int from) {
    for (int start = from; start + AROUND < received.length; start++) {
      Optional<Frame> frame = at(received, start);
      if (frame.isPresent()) {
        return frame;
      }
    }
    return intact(received, from, received.length - from - AROUND);
  }

  /**
   * Skips whole frames of others first, so that nothing inside them is taken for an answer; behind
   * them noise and halves of frames may stand before the answer.
   */
  @Override
  public Optional<Frame> answer(byte[] received, int number, int unit, ModbusRequest request) {
    int start = 0;
    Optional<Frame> other = other(received, start, unit, request);
    while (other.isPresent()) {
      start = other.get().end();
      other = other(received, start, unit, request);
    }
    for (; start + AROUND < received.length; start++) {
      if (received[start] == (byte) unit) {
        int length = request.lengthOfAnswer(received, start + 1, received.length - 2);
        Optional<Frame> frame = intact(received, start, length);
        if (frame.isPresent() && frame.get().answers(unit, request)) {
          return frame;
        }
      }
    }
    return Optional.empty();
  }

  /** A frame of somebody else that begins exactly here. */
  private static Optional<Frame> other(
      byte[] received, int start, int unit, ModbusRequest request) {
    boolean ours =
        start < received.length
            && received[start] == (byte) unit
            && request.answerMayBegin(received, start + 1);
    return ours ? Optional.empty() : at(received, start);
  }

  private static Optional<Frame> at(byte[] received, int start) {
    for (int length : lengths(received, start + 1)) {
      Optional<Frame> frame = intact(received, start, length);
      if (frame.isPresent()) {
        return frame;
      }
    }
    return Optional.empty();
  }

  /** How long a request or an answer that begins here may be. */
  private static int[] lengths(byte[] received, int offset) {
    if (received.length - offset < 2) {
      return NO_LENGTHS;
    }
    int function = received[offset] & 0xFF;
    if (function > 0x80) {
      return new int[] {ModbusRequest.REFUSAL_LENGTH};
    }
    return switch (function) {
      case 1, 2, 3, 4 -> new int[] {2 + (received[offset + 1] & 0xFF), 5};
      case 5, 6 -> new int[] {5};
      case 15, 16 ->
          received.length - offset > 5
              ? new int[] {5, 6 + (received[offset + 5] & 0xFF)}
              : new int[] {5};
      default -> NO_LENGTHS;
    };
  }

  private static Optional<Frame> intact(byte[] bytes, int start, int pduLength) {
    int end = start + pduLength + AROUND;
    if (pduLength < ModbusRequest.REFUSAL_LENGTH || end > bytes.length) {
      return Optional.empty();
    }
    int crc = crc(bytes, start, pduLength + 1);
    if (bytes[end - 2] != (byte) crc || bytes[end - 1] != (byte) (crc >> 8)) {
      return Optional.empty();
    }
    byte[] pdu = Arrays.copyOfRange(bytes, start + 1, end - 2);
    return Optional.of(new Frame(start, end, Frame.NO_NUMBER, bytes[start] & 0xFF, pdu));
  }

  private static int crc(byte[] bytes, int offset, int length) {
    Crc16 crc = new Crc16();
    // a slice, because the library gets buffers wrong that do not start at 0
    crc.update(ByteBuffer.wrap(bytes, offset, length).slice());
    return crc.getValue();
  }
}
