package io.polegate.core;

import io.polegate.api.config.PointSpec.Scaling;
import io.polegate.api.data.Value;
import io.polegate.api.data.ValueType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Converts between a device's raw numbers and the point's unit. Decimal arithmetic, because 3 × 0.1
 * has to be 0.3 on the technician's phone. Immutable.
 */
final class Scaler {
  /** How far a real number may be off after a round trip through a 32-bit float. */
  private static final double FLOAT_TOLERANCE = 1e-6;

  private final Scaling scaling;
  private final ValueType rawType;

  /** For a point whose driver reads and writes {@code rawType}. */
  Scaler(Scaling scaling, ValueType rawType) {
    this.scaling = scaling;
    this.rawType = rawType;
  }

  /**
   * From raw to the unit. Values that are no numbers, and numbers without scaling, pass as they
   * are.
   *
   * @return empty if the number is too large once scaled
   */
  Optional<Value> toUnit(Value raw) {
    if (scaling.equals(Scaling.NONE) || !raw.type().isNumber()) {
      return Optional.of(raw);
    }
    double unit =
        decimal(raw)
            .multiply(BigDecimal.valueOf(scaling.scale()))
            .add(BigDecimal.valueOf(scaling.offset()))
            .doubleValue();
    return Double.isFinite(unit) ? Optional.of(new Value.Real(unit)) : Optional.empty();
  }

  /**
   * From the unit to what the driver writes.
   *
   * @return empty if the value cannot be expressed at the point: another kind, a fraction where
   *     there is no scale, or a number beyond 64 bits
   */
  Optional<Value> toRaw(Value unit) {
    if (!rawType.isNumber()) {
      return unit.type() == rawType ? Optional.of(unit) : Optional.empty();
    }
    if (!unit.type().isNumber()) {
      return Optional.empty();
    }
    double raw = (number(unit) - scaling.offset()) / scaling.scale();
    if (rawType == ValueType.REAL) {
      return Double.isFinite(raw) ? Optional.of(new Value.Real(raw)) : Optional.empty();
    }
    return wholeRaw(unit);
  }

  /**
   * As {@link #toRaw} for a number in a document, where 0 and 1 stand for the states of a point
   * that has two.
   */
  Optional<Value> ofNumber(double unit) {
    if (rawType == ValueType.BOOLEAN) {
      return unit == 0 || unit == 1 ? Optional.of(new Value.Bool(unit == 1)) : Optional.empty();
    }
    return Double.isFinite(unit) ? toRaw(new Value.Real(unit)) : Optional.empty();
  }

  private Optional<Value> wholeRaw(Value unit) {
    if (scaling.equals(Scaling.NONE)) {
      return unit instanceof Value.Int ? Optional.of(unit) : exactLong(decimal(unit));
    }
    BigDecimal steps =
        decimal(unit)
            .subtract(BigDecimal.valueOf(scaling.offset()))
            .divide(BigDecimal.valueOf(scaling.scale()), 0, RoundingMode.HALF_EVEN);
    return exactLong(steps);
  }

  /**
   * Whether {@code readBack} proves that {@code wanted} was written, given the resolution of the
   * point.
   */
  boolean proves(Value wanted, Value readBack) {
    if (!wanted.type().isNumber() || !readBack.type().isNumber()) {
      return wanted.equals(readBack);
    }
    double halfStep = rawType == ValueType.INTEGER ? Math.abs(scaling.scale()) / 2 : 0;
    double tolerance = halfStep + FLOAT_TOLERANCE * Math.max(1, Math.abs(number(wanted)));
    return Math.abs(number(wanted) - number(readBack)) <= tolerance;
  }

  /** Whether a value left the deadband around an earlier one; without a deadband, any change. */
  static boolean moved(Value before, Value now, double deadband) {
    if (before.type().isNumber() && now.type().isNumber() && deadband > 0) {
      return Math.abs(number(now) - number(before)) > deadband;
    }
    return !before.equals(now);
  }

  /** The number in a numeric value. */
  static double number(Value value) {
    if (value instanceof Value.Int whole) {
      return whole.value();
    }
    if (value instanceof Value.Real real) {
      return real.value();
    }
    throw new IllegalArgumentException("not a number: " + value);
  }

  private static BigDecimal decimal(Value value) {
    return value instanceof Value.Int whole
        ? BigDecimal.valueOf(whole.value())
        : BigDecimal.valueOf(number(value));
  }

  private static Optional<Value> exactLong(BigDecimal number) {
    try {
      return Optional.of(new Value.Int(number.longValueExact()));
    } catch (ArithmeticException e) {
      return Optional.empty(); // a fraction, or beyond 64 bits: the caller says so in its own words
    }
  }
}
