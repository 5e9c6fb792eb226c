package io.polegate.driver.dlt645;

import io.polegate.api.data.ValueType;

/** What the bytes of a datum mean. */
enum DataType {
  /** Decimal digits. */
  BCD(ValueType.INTEGER, 9),
  /** Decimal digits with the sign in the top bit. */
  SIGNED_BCD(ValueType.INTEGER, 9),
  /** Decimal digits that are a name and no number. */
  DIGITS(ValueType.TEXT, 64),
  /** A whole number without sign, for status words. */
  BITS(ValueType.INTEGER, 7),
  /** One bit. */
  BOOL(ValueType.BOOLEAN, 8),
  /** ASCII. */
  TEXT(ValueType.TEXT, 64),
  /** As it is. */
  BYTES(ValueType.BYTES, 64);

  private final ValueType valueType;
  private final int mostBytes;

  DataType(ValueType valueType, int mostBytes) {
    this.valueType = valueType;
    this.mostBytes = mostBytes;
  }

  ValueType valueType() {
    return valueType;
  }

  /** Longest datum of this type, in bytes. */
  int mostBytes() {
    return mostBytes;
  }
}
