package io.polegate.driver.serial;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/**
 * The text of a value, both ways. Pure.
 *
 * @param bit for {@link FieldType#BOOL}: the field is hexadecimal and this bit of it counts
 */
record Field(
    FieldType type,
    Optional<Integer> bit,
    String trueIs,
    String falseIs,
    Optional<Picture> picture) {
  private static final int MOST_DIGITS = 40;
  private static final int MOST_SHOWN = 40;

  /** Reads the settings of a point. */
  static Field of(Settings point) throws InvalidSettingException {
    FieldType type = point.get(LineSettings.TYPE);
    Optional<Integer> bit = point.find(LineSettings.BIT);
    if (bit.isPresent() && type != FieldType.BOOL) {
      throw new InvalidSettingException("bit", "is for type bool only: remove it");
    }
    Optional<Picture> picture = point.find(LineSettings.FORMAT);
    if (picture.isPresent() && !type.valueType().isNumber()) {
      throw new InvalidSettingException("format", "is for numbers only: remove it");
    }
    if (type != FieldType.REAL && picture.filter(p -> p.decimals() > 0).isPresent()) {
      throw new InvalidSettingException("format", "has decimals: remove them or write type: real");
    }
    String trueIs = point.get(LineSettings.TRUE_IS);
    String falseIs = point.get(LineSettings.FALSE_IS);
    if (trueIs.equals(falseIs)) {
      throw new InvalidSettingException("true-is", "is the same as false-is: write another text");
    }
    return new Field(type, bit, trueIs, falseIs, picture);
  }

  /** What the text of a field means. */
  Sample decode(String text) {
    try {
      return Sample.good(
          switch (type) {
            case REAL -> new Value.Real(Double.parseDouble(numeral(text)));
            case INTEGER -> new Value.Int(Long.parseLong(text));
            case HEX -> new Value.Int(hex(text));
            case BOOL -> new Value.Bool(bool(text));
            case TEXT -> new Value.Text(text);
            case BYTES -> Bytes.ofHex(text);
          });
    } catch (IllegalArgumentException e) {
      return Sample.bad(BadReason.NOT_DECODABLE, "\"" + shown(text) + "\" is no " + name());
    }
  }

  /**
   * How a value is written.
   *
   * @throws WriteRejectedException if it cannot be
   */
  String encode(Value value) throws WriteRejectedException {
    if (value instanceof Value.Real real) {
      return number(BigDecimal.valueOf(real.value()));
    }
    if (value instanceof Value.Int whole) {
      return type == FieldType.HEX
          ? hexadecimal(whole.value())
          : number(BigDecimal.valueOf(whole.value()));
    }
    if (value instanceof Value.Bool bool) {
      return bool.value() ? trueIs : falseIs;
    }
    if (value instanceof Bytes bytes) {
      return bytes.toHex();
    }
    return harmless(((Value.Text) value).value());
  }

  /** A text for a person, cut short and without control characters. */
  static String shown(String text) {
    String cut = text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
    return cut.replaceAll("\\p{Cntrl}", "·");
  }

  private String name() {
    return bit.isPresent() ? "hexadecimal number" : type.name().toLowerCase(Locale.ROOT);
  }

  private boolean bool(String text) {
    if (bit.isPresent()) {
      return (hex(text) >> bit.get() & 1) == 1;
    }
    if (text.equals(trueIs) || text.equals(falseIs)) {
      return text.equals(trueIs);
    }
    throw new IllegalArgumentException();
  }

  /** Keeps out what Java takes for a number and nobody else does: NaN, 0x1p3, 1d. */
  private static String numeral(String text) {
    if (!text.matches("\\s{0,9}[+-]?[0-9.]{1," + MOST_DIGITS + "}([eE][+-]?[0-9]{1,3})?\\s{0,9}")) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  private static long hex(String text) {
    if (!text.matches("[0-9A-Fa-f]{1,16}")) {
      throw new IllegalArgumentException();
    }
    return Long.parseLong(text, 16);
  }

  private String number(BigDecimal number) throws WriteRejectedException {
    String plain = number.stripTrailingZeros().toPlainString();
    return picture
        .map(form -> form.write(number))
        .orElse(plain.length() > MOST_DIGITS ? Optional.empty() : Optional.of(plain))
        .orElseThrow(() -> new WriteRejectedException(number + " has too many digits"));
  }

  private String hexadecimal(long number) throws WriteRejectedException {
    return picture
        .orElse(new Picture(false, Math.max(1, Long.toHexString(number).length()), 0))
        .writeHex(number)
        .orElseThrow(
            () -> new WriteRejectedException(number + " is negative or has too many digits"));
  }

  /** A text must not end the line and begin another command. */
  private static String harmless(String text) throws WriteRejectedException {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new WriteRejectedException("the text has control characters");
    }
    return text;
  }
}
