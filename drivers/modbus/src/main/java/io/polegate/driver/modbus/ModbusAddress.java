package io.polegate.driver.modbus;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a point is: {@code holding:0}, {@code input:0x10}, {@code coil:3}, {@code discrete:5},
 * {@code holding:4.7}.
 *
 * @param number zero-based, as on the wire
 * @param bit of a register, 0 is the lowest
 */
record ModbusAddress(ModbusTable table, int number, OptionalInt bit) {
  static final String FORM =
      "table:number with coil, discrete, holding or input and a number from 0 to 65535 as on the"
          + " wire (holding:0 for \"40001\"), for one bit of a register .0 to .15 behind it";

  private static final Pattern SYNTAX =
      Pattern.compile(
          "(coil|discrete|holding|input):([0-9]{1,5}|0x[0-9a-fA-F]{1,4})(?:\\.([0-9]{1,2}))?");

  /**
   * Parses an address.
   *
   * @throws IllegalArgumentException if it is none
   */
  static ModbusAddress parse(String text) {
    Matcher matcher = SYNTAX.matcher(text.strip());
    require(matcher.matches());
    ModbusTable table = ModbusTable.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
    String number = matcher.group(2);
    int address =
        number.startsWith("0x")
            ? Integer.parseInt(number.substring(2), 16)
            : Integer.parseInt(number);
    String bit = matcher.group(3);
    require(address <= 0xFFFF);
    require(bit == null || (!table.bits() && Integer.parseInt(bit) < 16));
    return new ModbusAddress(
        table, address, bit == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(bit)));
  }

  @Override
  public String toString() {
    return table.word() + ":" + number + (bit.isPresent() ? "." + bit.getAsInt() : "");
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException();
    }
  }
}
