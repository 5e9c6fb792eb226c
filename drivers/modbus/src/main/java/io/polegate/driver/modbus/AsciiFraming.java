package io.polegate.driver.modbus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Modbus ASCII: a colon, unit, request or answer and checksum in hexadecimal digits, CR, LF (Modbus
 * over serial line 1.02, section 2.5.2). Pure.
 */
record AsciiFraming() implements Framing {
  private static final int AROUND = 7;
  private static final int LEAST_BYTES = 4;
  private static final HexFormat DIGITS = HexFormat.of().withUpperCase();

  @Override
  public byte[] frame(int number, int unit, byte[] pdu) {
    byte[] content = new byte[pdu.length + 2];
    content[0] = (byte) unit;
    System.arraycopy(pdu, 0, content, 1, pdu.length);
    content[pdu.length + 1] = (byte) -sum(content);
    return (":" + DIGITS.formatHex(content) + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public int characters(int pduLength) {
    return AROUND + 2 * pduLength;
  }

  @Override
  public boolean numbered() {
    return false;
  }

  @Override
  public Optional<Frame> next(byte[] received, int from) {
    int start = -1;
    for (int i = from; i < received.length; i++) {
      if (received[i] == ':') {
        start = i; // a colon begins anew, whatever came before it
      } else if (received[i] == '\n' && start >= 0) {
        Optional<Frame> frame = frame(received, start, i);
        if (frame.isPresent()) {
          return frame;
        }
        start = -1;
      }
    }
    return Optional.empty();
  }

  private static Optional<Frame> frame(byte[] received, int colon, int lineFeed) {
    int end = received[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed;
    String digits = new String(received, colon + 1, end - colon - 1, StandardCharsets.US_ASCII);
    if (digits.length() % 2 != 0 || !digits.chars().allMatch(HexFormat::isHexDigit)) {
      return Optional.empty();
    }
    byte[] content = DIGITS.parseHex(digits);
    if (content.length < LEAST_BYTES || (sum(content) & 0xFF) != 0) {
      return Optional.empty();
    }
    byte[] pdu = Arrays.copyOfRange(content, 1, content.length - 1);
    return Optional.of(new Frame(colon, lineFeed + 1, Frame.NO_NUMBER, content[0] & 0xFF, pdu));
  }

  private static int sum(byte[] bytes) {
    int sum = 0;
    for (byte b : bytes) {
      sum += b;
    }
    return sum;
  }
}
