package io.polegate.testkit.modbus;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** How simulated units wrap what they say. */
public enum Framing {
  /** Unit, answer, CRC. */
  RTU {
    @Override
    byte[] frame(int number, int unit, byte[] pdu) {
      return RtuFrames.frame(unit, pdu);
    }

    @Override
    int requestLength(byte[] received) {
      return RtuFrames.requestLength(received);
    }

    @Override
    Request request(byte[] frame) {
      boolean intact = frame.length > 3 && RtuFrames.intact(frame);
      byte[] pdu = intact ? Arrays.copyOfRange(frame, 1, frame.length - 2) : new byte[0];
      return new Request(0, frame[0] & 0xFF, pdu);
    }
  },

  /** Colon, hexadecimal digits of unit, answer and LRC, CR LF. */
  ASCII {
    @Override
    byte[] frame(int number, int unit, byte[] pdu) {
      ByteBuffer content = ByteBuffer.allocate(pdu.length + 2).put((byte) unit).put(pdu);
      content.put((byte) -sum(content.array()));
      String digits = HexFormat.of().withUpperCase().formatHex(content.array());
      return (":" + digits + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    int requestLength(byte[] received) {
      if (received[0] != ':') {
        return -1;
      }
      String text = new String(received, StandardCharsets.US_ASCII);
      return text.indexOf('\n') + 1;
    }

    @Override
    Request request(byte[] frame) {
      String text = new String(frame, StandardCharsets.US_ASCII);
      if (!text.matches(":([0-9A-F]{2}){3,}\r\n")) {
        return new Request(0, 0, new byte[0]);
      }
      byte[] content = HexFormat.of().parseHex(text.substring(1, text.length() - 2));
      boolean intact = (sum(content) & 0xFF) == 0;
      byte[] pdu = intact ? Arrays.copyOfRange(content, 1, content.length - 1) : new byte[0];
      return new Request(0, content[0] & 0xFF, pdu);
    }
  },

  /** Transaction number, protocol 0, length, unit, answer: Modbus TCP. */
  MBAP {
    @Override
    byte[] frame(int number, int unit, byte[] pdu) {
      return ByteBuffer.allocate(HEADER + pdu.length)
          .putShort((short) number)
          .putShort((short) 0)
          .putShort((short) (pdu.length + 1))
          .put((byte) unit)
          .put(pdu)
          .array();
    }

    @Override
    int requestLength(byte[] received) {
      if (received.length < HEADER) {
        return 0;
      }
      int length = ByteBuffer.wrap(received).getShort(4) & 0xFFFF;
      return length < 2 || length > LONGEST ? -1 : HEADER - 1 + length;
    }

    @Override
    Request request(byte[] frame) {
      int number = ByteBuffer.wrap(frame).getShort(0) & 0xFFFF;
      return new Request(number, frame[6] & 0xFF, Arrays.copyOfRange(frame, HEADER, frame.length));
    }
  };

  private static final int HEADER = 7;
  private static final int LONGEST = 254;

  /**
   * What a master asks.
   *
   * @param pdu empty if the frame is damaged
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Request(int number, int unit, byte[] pdu) {}

  /** The frame around an answer. */
  abstract byte[] frame(int number, int unit, byte[] pdu);

  /** Length of the request at the start, 0 if more must come to say so, -1 if there is none. */
  abstract int requestLength(byte[] received);

  /** What stands in a whole frame. */
  abstract Request request(byte[] frame);

  /** Whether unit 0 is all units at once. */
  boolean broadcasts() {
    return this != MBAP;
  }

  private static int sum(byte[] bytes) {
    int sum = 0;
    for (byte b : bytes) {
      sum += b;
    }
    return sum;
  }
}
