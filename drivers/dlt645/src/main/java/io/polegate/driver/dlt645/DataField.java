package io.polegate.driver.dlt645;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Sample;
import java.nio.charset.StandardCharsets;

/**
 * How the bytes of a datum become a value. Pure.
 *
 * @param length in bytes
 * @param bit for {@link DataType#BOOL}, 0 lowest; else 0
 */
record DataField(DataType type, int length, int bit) {
  private static final int TOP_BIT = 0x80;

  /**
   * Decodes.
   *
   * @param lowFirst {@link #length} bytes in the order of the line
   */
  Sample decode(byte[] lowFirst) {
    String digits = Frame.asPrinted(lowFirst);
    return switch (type) {
      case BCD -> decimal(digits, digits, 1);
      case SIGNED_BCD -> signed(digits, lowFirst[length - 1] & 0xFF);
      case DIGITS ->
          digits.matches("[0-9]+") ? Sample.good(new Value.Text(digits)) : notDecimal(digits);
      case BITS -> Sample.good(new Value.Int(Long.parseLong(digits, 16)));
      case BOOL ->
          Sample.good(new Value.Bool((lowFirst[bit / Byte.SIZE] >> bit % Byte.SIZE & 1) != 0));
      case TEXT -> text(Bytes.ofHex(digits).toArray());
      case BYTES -> Sample.good(Bytes.ofHex(digits));
    };
  }

  private static Sample signed(String digits, int top) {
    if (top < TOP_BIT) {
      return decimal(digits, digits, 1);
    }
    String magnitude = "%02X".formatted(top - TOP_BIT) + digits.substring(2);
    return decimal(digits, magnitude, -1);
  }

  private static Sample decimal(String sent, String magnitude, int sign) {
    return magnitude.matches("[0-9]+")
        ? Sample.good(new Value.Int(sign * Long.parseLong(magnitude)))
        : notDecimal(sent);
  }

  private static Sample notDecimal(String digits) {
    return digits.matches("F+")
        ? Sample.bad(BadReason.SENSOR_FAULT, "the meter sent " + digits + ": it has no such value")
        : Sample.bad(BadReason.NOT_DECODABLE, digits + " are no decimal digits");
  }

  private static Sample text(byte[] highFirst) {
    for (byte b : highFirst) {
      if (b < 0 || (b > 0 && b < ' ') || b == 0x7F) {
        return Sample.bad(
            BadReason.NOT_DECODABLE, Bytes.of(highFirst).toHex() + " is no text in ASCII");
      }
    }
    String text = new String(highFirst, StandardCharsets.US_ASCII).replace('\0', ' ');
    return Sample.good(new Value.Text(text.strip()));
  }
}
