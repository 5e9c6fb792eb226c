package io.polegate.driver.dlt645;

import io.polegate.api.data.Bytes;
import java.util.Locale;

/**
 * Which datum of a meter: DI3 DI2 DI1 DI0 as the tables of the standard print them, eight
 * hexadecimal digits. Pure.
 */
record DataId(String digits) {
  static final String FORM = "8 hexadecimal digits as in the standard: \"02010100\"";

  /** Length on the line. */
  static final int BYTES = 4;

  /**
   * Parses.
   *
   * @throws IllegalArgumentException if it has another form
   */
  static DataId parse(String text) {
    if (!text.matches("[0-9A-Fa-f]{8}")) {
      throw new IllegalArgumentException();
    }
    return new DataId(text.toUpperCase(Locale.ROOT));
  }

  /** DI0 first, as on the line. */
  Bytes line() {
    return Bytes.of(Frame.lowFirst(digits));
  }

  @Override
  public String toString() {
    return digits;
  }
}
