package io.polegate.api.data;

/** The kinds of {@link Value}. */
public enum ValueType {
  /** {@link Value.Bool}. */
  BOOLEAN,
  /** {@link Value.Int}. */
  INTEGER,
  /** {@link Value.Real}. */
  REAL,
  /** {@link Value.Text}. */
  TEXT,
  /** {@link Bytes}. */
  BYTES;

  /** Whether values of this kind can be scaled and compared with limits. */
  public boolean isNumber() {
    return this == INTEGER || this == REAL;
  }
}
