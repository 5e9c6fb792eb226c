package io.polegate.api.config;

import io.polegate.api.data.Value;
import io.polegate.api.data.ValueType;
import java.math.BigDecimal;
import java.util.Optional;

/** Numbers as decimals, and back as the values that drivers take. Stateless. */
final class Decimals {
  private Decimals() {}

  /** A numeric value. */
  static BigDecimal of(Value value) {
    return value instanceof Value.Int whole
        ? BigDecimal.valueOf(whole.value())
        : BigDecimal.valueOf(Coding.number(value));
  }

  /** A whole number of 64 bits; empty for a fraction, or beyond: the caller says so. */
  static Optional<Value> exactLong(BigDecimal number) {
    try {
      return Optional.of(new Value.Int(number.longValueExact()));
    } catch (ArithmeticException e) {
      return Optional.empty(); // as promised above
    }
  }

  /** A number that is not coded, as a driver takes it; empty if it does not fit. */
  static Optional<Value> plain(Value unit, ValueType rawType) {
    if (rawType == ValueType.REAL) {
      return Optional.of(new Value.Real(Coding.number(unit)));
    }
    return unit instanceof Value.Int ? Optional.of(unit) : exactLong(of(unit));
  }

  /** For a person. */
  static String text(Value raw) {
    return raw instanceof Value.Int whole
        ? Long.toString(whole.value())
        : Double.toString(Coding.number(raw));
  }
}
