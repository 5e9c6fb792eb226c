package io.polegate.testkit.modbus;

/** The four tables of a Modbus device. */
public enum Table {
  /** Single bits, read and written. */
  COIL,
  /** Single bits, read only. */
  DISCRETE,
  /** 16-bit words, read and written. */
  HOLDING,
  /** 16-bit words, read only. */
  INPUT
}
