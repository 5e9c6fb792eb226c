package io.polegate.driver.serial;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a number is written, drawn with zeros: {@code +00.000} has its sign always, two digits before
 * the point and three behind.
 *
 * @param signed whether a plus is written
 * @param digits digits before the point, exactly
 * @param decimals digits behind it; rounded half up
 */
record Picture(boolean signed, int digits, int decimals) {
  static final String FORM = "zeros for digits, as in 000, +00.000 or 0.0";
  private static final Pattern ALLOWED = Pattern.compile("\\+?0{1,15}(\\.0{1,9})?");

  /**
   * Reads a picture.
   *
   * @throws IllegalArgumentException if it has another form
   */
  static Picture parse(String text) {
    if (!ALLOWED.matcher(text).matches()) {
      throw new IllegalArgumentException();
    }
    boolean signed = text.startsWith("+");
    String number = signed ? text.substring(1) : text;
    int point = number.indexOf('.');
    return point < 0
        ? new Picture(signed, number.length(), 0)
        : new Picture(signed, point, number.length() - point - 1);
  }

  /** The number in this form; empty if it has too many digits before the point. */
  Optional<String> write(BigDecimal number) {
    BigDecimal rounded = number.setScale(decimals, RoundingMode.HALF_UP);
    String plain = rounded.abs().toPlainString();
    int before = plain.length() - (decimals == 0 ? 0 : decimals + 1);
    if (before > digits) {
      return Optional.empty();
    }
    String sign = rounded.signum() < 0 ? "-" : signed ? "+" : "";
    return Optional.of(sign + "0".repeat(digits - before) + plain);
  }

  /** The number in hexadecimal with this many digits; empty if it needs more or is negative. */
  Optional<String> writeHex(long number) {
    String hex = Long.toHexString(number).toUpperCase(Locale.ROOT);
    return number < 0 || hex.length() > digits
        ? Optional.empty()
        : Optional.of("0".repeat(digits - hex.length()) + hex);
  }
}
