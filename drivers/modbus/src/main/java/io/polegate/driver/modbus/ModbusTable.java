package io.polegate.driver.modbus;

import java.util.Locale;

/** The four tables of a Modbus device. */
enum ModbusTable {
  COIL(1, true, true),
  DISCRETE(2, true, false),
  HOLDING(3, false, true),
  INPUT(4, false, false);

  private final int readFunction;
  private final boolean bits;
  private final boolean writable;

  ModbusTable(int readFunction, boolean bits, boolean writable) {
    this.readFunction = readFunction;
    this.bits = bits;
    this.writable = writable;
  }

  int readFunction() {
    return readFunction;
  }

  /** Whether an address holds one bit, not a word. */
  boolean bits() {
    return bits;
  }

  boolean writable() {
    return writable;
  }

  /** The other table of registers, for devices that take one for the other. */
  ModbusTable twin() {
    return switch (this) {
      case HOLDING -> INPUT;
      case INPUT -> HOLDING;
      case COIL, DISCRETE -> this;
    };
  }

  /** As it stands in an address. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
