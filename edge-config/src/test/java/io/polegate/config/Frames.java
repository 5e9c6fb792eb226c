package io.polegate.config;

import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Modbus RTU frames as they are in books, made without the driver. */
final class Frames {
  private static final Pattern READ =
      Pattern.compile("unit ([0-9]+) (holding|input):(0x[0-9A-Fa-f]+|[0-9]+)");

  private Frames() {}

  /** The request of a recipe that reads one register: {@code unit 255 holding:0x07D0}. */
  static String read(String recipe) {
    Matcher matcher = READ.matcher(recipe);
    if (!matcher.matches()) {
      throw new AssertionError("not of the form \"unit N TABLE:NUMBER\": " + recipe);
    }
    int register = Integer.decode(matcher.group(3));
    byte[] body = {
      (byte) Integer.parseInt(matcher.group(1)),
      (byte) (matcher.group(2).equals("holding") ? 3 : 4),
      (byte) (register >> 8),
      (byte) register,
      0,
      1
    };
    int crc = crc(body);
    HexFormat hex = HexFormat.ofDelimiter(" ").withUpperCase();
    return hex.formatHex(body) + " " + hex.formatHex(new byte[] {(byte) crc, (byte) (crc >> 8)});
  }

  private static int crc(byte[] bytes) {
    int crc = 0xFFFF;
    for (byte octet : bytes) {
      crc ^= octet & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xA001;
      }
    }
    return crc;
  }
}
