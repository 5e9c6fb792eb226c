package io.polegate.driver.modbus;

import io.polegate.api.data.ValueType;

/** How registers are read as a value; the names are those of the setting {@code type}. */
enum RegisterType {
  BOOL(1, ValueType.BOOLEAN),
  INT16(1, ValueType.INTEGER),
  UINT16(1, ValueType.INTEGER),
  INT32(2, ValueType.INTEGER),
  UINT32(2, ValueType.INTEGER),
  INT64(4, ValueType.INTEGER),
  UINT64(4, ValueType.INTEGER),
  FLOAT32(2, ValueType.REAL),
  FLOAT64(4, ValueType.REAL),
  /** Four decimal digits, one in each four bits. */
  BCD16(1, ValueType.INTEGER),
  /** Eight decimal digits. */
  BCD32(2, ValueType.INTEGER),
  STRING(0, ValueType.TEXT);

  private final int registers;
  private final ValueType valueType;

  RegisterType(int registers, ValueType valueType) {
    this.registers = registers;
    this.valueType = valueType;
  }

  /** Registers that a value takes, 0 if a setting says so. */
  int registers() {
    return registers;
  }

  ValueType valueType() {
    return valueType;
  }
}
