package io.polegate.api.data;

/**
 * The value of a point, in one of five kinds. Immutable; equal values are equal.
 *
 * <p>There is no null and no "not a number": what has no value is a bad {@link Reading}.
 */
public sealed interface Value permits Value.Bool, Value.Int, Value.Real, Value.Text, Bytes {

  /** Kind of this value. */
  ValueType type();

  /** A two-state value: a coil, a contact, a bit of a register. */
  record Bool(boolean value) implements Value {
    @Override
    public ValueType type() {
      return ValueType.BOOLEAN;
    }
  }

  /** A whole number, -2^63 to 2^63-1. */
  record Int(long value) implements Value {
    @Override
    public ValueType type() {
      return ValueType.INTEGER;
    }
  }

  /** A finite real number. */
  record Real(double value) implements Value {
    /**
     * Refuses what is no number.
     *
     * @throws IllegalArgumentException for infinities and NaN
     */
    public Real {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("not a finite number: " + value);
      }
    }

    @Override
    public ValueType type() {
      return ValueType.REAL;
    }
  }

  /** A text; may be empty. */
  record Text(String value) implements Value {
    @Override
    public ValueType type() {
      return ValueType.TEXT;
    }
  }
}
