package io.polegate.driver.serial;

import io.polegate.api.data.ValueType;

/** What a field of a line holds. */
enum FieldType {
  /** A decimal number, perhaps with sign, point and exponent. */
  REAL(ValueType.REAL),
  /** A whole decimal number, perhaps with sign. */
  INTEGER(ValueType.INTEGER),
  /** A whole hexadecimal number without sign. */
  HEX(ValueType.INTEGER),
  /** One of two texts, or a bit of a hexadecimal number. */
  BOOL(ValueType.BOOLEAN),
  /** Text as it stands. */
  TEXT(ValueType.TEXT),
  /** Two hexadecimal digits per byte. */
  BYTES(ValueType.BYTES);

  private final ValueType valueType;

  FieldType(ValueType valueType) {
    this.valueType = valueType;
  }

  ValueType valueType() {
    return valueType;
  }
}
