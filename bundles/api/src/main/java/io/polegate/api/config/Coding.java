package io.polegate.api.config;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;
import io.polegate.api.data.ValueType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What the raw value of a point means. Read in this order: what stands for a fault or for an absent
 * sensor, named values, the coding of the sign, the curve, then value = raw × scale × factors +
 * offset. Decimal arithmetic, because 3 × 0.1 has to be 0.3 on the technician's phone. Pure.
 *
 * @param scale not zero
 * @param offset in the unit
 * @param negativeFrom raw numbers from here on are negative: n means -(n - negativeFrom); empty if
 *     the sign is coded as usual
 * @param curve between raw numbers and the unit
 * @param values what raw numbers are called; empty if they are numbers
 * @param fault raw numbers by which the device says that its sensor is faulty
 * @param absent raw numbers by which it says that there is no sensor
 * @param factors further factors of the scale, told by other points of the device
 */
public record Coding(
    double scale,
    double offset,
    OptionalLong negativeFrom,
    Curve curve,
    List<Meaning> values,
    List<RawRange> fault,
    List<RawRange> absent,
    List<Factor> factors) {
  /** Raw values are already in the unit. */
  public static final Coding NONE = linear(1, 0);

  /** How far a real number may be off after a round trip through a 32-bit float. */
  private static final double FLOAT_TOLERANCE = 1e-6;

  /** Copies the lists. */
  public Coding {
    values = List.copyOf(values);
    fault = List.copyOf(fault);
    absent = List.copyOf(absent);
    factors = List.copyOf(factors);
  }

  /** Value = raw × scale + offset. */
  public static Coding linear(double scale, double offset) {
    return new Coding(
        scale,
        offset,
        OptionalLong.empty(),
        Curve.LINEAR,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /**
   * What one raw number is called.
   *
   * @param value a {@link Value.Bool} or a {@link Value.Text} in kebab-case
   * @param names for people, by language tag; may be empty
   */
  public record Meaning(Value value, long raw, Map<String, String> names) {
    /** Copies the map. */
    public Meaning {
      names = Map.copyOf(names);
    }
  }

  /** Raw numbers from {@code from} to {@code to}, both included. */
  public record RawRange(double from, double to) {
    /** Whether it is one of them. */
    public boolean contains(double raw) {
      return raw >= from && raw <= to;
    }
  }

  /**
   * A factor that another point of the device tells, for instance its number of decimals.
   *
   * @param point id of the other point
   * @param byValue the factor for each value, in its unit, that the other point may have
   */
  public record Factor(String point, Map<Value, Double> byValue) {
    /** Copies the map. */
    public Factor {
      byValue = Map.copyOf(byValue);
    }

    private OptionalDouble of(Value told) {
      return byValue.entrySet().stream()
          .filter(entry -> same(entry.getKey(), told))
          .mapToDouble(Map.Entry::getValue)
          .findFirst();
    }

    private static boolean same(Value one, Value other) {
      boolean numbers = one.type().isNumber() && other.type().isNumber();
      return numbers ? number(one) == number(other) : one.equals(other);
    }
  }

  /** Kind of value that a point has whose driver reads {@code raw}. */
  public ValueType type(ValueType raw) {
    if (!values.isEmpty()) {
      return values.get(0).value().type();
    }
    return raw.isNumber() && changesNumbers() ? ValueType.REAL : raw;
  }

  /**
   * From raw to the unit. Values that are no numbers, and numbers without coding, pass as they are.
   *
   * @param others the present value of another point of the device, in its unit; empty if it has no
   *     good one
   */
  public Decoded decode(Value raw, Function<String, Optional<Value>> others) {
    if (!raw.type().isNumber()) {
      return new Decoded.Good(raw);
    }
    double number = number(raw);
    if (contains(fault, number)) {
      return bad(
          BadReason.SENSOR_FAULT,
          "the device sent " + Decimals.text(raw) + ", its sign for a fault");
    }
    if (contains(absent, number)) {
      return bad(
          BadReason.SENSOR_FAULT,
          "the device sent " + Decimals.text(raw) + ", its sign for no sensor");
    }
    if (!values.isEmpty()) {
      return named(raw);
    }
    if (!changesNumbers()) {
      return new Decoded.Good(raw);
    }
    Optional<BigDecimal> factor = factor(others);
    if (factor.isEmpty()) {
      return bad(BadReason.NOT_DECODABLE, "the point that tells the scale has no such value");
    }
    double unit = unit(signed(raw), factor.get());
    return Double.isFinite(unit)
        ? new Decoded.Good(new Value.Real(unit))
        : bad(BadReason.OUT_OF_RANGE, "too large a number once scaled");
  }

  /**
   * From the unit to what the driver writes.
   *
   * @param rawType of the point's driver
   * @param others as for {@link #decode}
   * @return empty if the value cannot be expressed at the point: another kind, an unknown name, a
   *     fraction where there is no scale, or a number beyond 64 bits
   */
  public Optional<Value> encode(
      Value unit, ValueType rawType, Function<String, Optional<Value>> others) {
    if (!values.isEmpty()) {
      return values.stream()
          .filter(meaning -> meaning.value().equals(unit))
          .map(meaning -> (Value) new Value.Int(meaning.raw()))
          .findFirst();
    }
    if (!rawType.isNumber()) {
      return unit.type() == rawType ? Optional.of(unit) : Optional.empty();
    }
    if (!unit.type().isNumber()) {
      return Optional.empty();
    }
    if (!changesNumbers()) {
      return Decimals.plain(unit, rawType);
    }
    return factor(others).flatMap(factor -> raw(Decimals.of(unit), factor, rawType));
  }

  /**
   * Whether {@code readBack} proves that {@code wanted} was written, given the resolution of the
   * point.
   */
  public boolean proves(Value wanted, Value readBack, ValueType rawType) {
    if (!wanted.type().isNumber() || !readBack.type().isNumber()) {
      return wanted.equals(readBack);
    }
    double step = rawType == ValueType.INTEGER ? stepAround(number(wanted)) : 0;
    double tolerance = step / 2 + FLOAT_TOLERANCE * Math.max(1, Math.abs(number(wanted)));
    return Math.abs(number(wanted) - number(readBack)) <= tolerance;
  }

  /** Whether numbers come out other than they went in. */
  public boolean changesNumbers() {
    return scale != 1
        || offset != 0
        || negativeFrom.isPresent()
        || curve != Curve.LINEAR
        || !factors.isEmpty();
  }

  private double stepAround(double unit) {
    // a DALI level is 2.8 % brighter than the one below
    return curve == Curve.DALI ? Math.abs(unit) * 0.028 + 0.1 : Math.abs(scale) * largestFactor();
  }

  private double largestFactor() {
    return factors.stream()
        .mapToDouble(
            factor -> factor.byValue().values().stream().mapToDouble(Math::abs).max().orElse(1))
        .reduce(1, (a, b) -> a * b);
  }

  private Decoded named(Value raw) {
    return values.stream()
        .filter(meaning -> meaning.raw() == number(raw))
        .map(meaning -> (Decoded) new Decoded.Good(meaning.value()))
        .findFirst()
        .orElseGet(
            () ->
                bad(
                    BadReason.NOT_DECODABLE,
                    "the device sent " + Decimals.text(raw) + ", which has no name here"));
  }

  private Optional<BigDecimal> factor(Function<String, Optional<Value>> others) {
    BigDecimal product = BigDecimal.valueOf(scale);
    for (Factor factor : factors) {
      OptionalDouble by =
          others.apply(factor.point()).map(factor::of).orElse(OptionalDouble.empty());
      if (by.isEmpty()) {
        return Optional.empty();
      }
      product = product.multiply(BigDecimal.valueOf(by.getAsDouble()));
    }
    return Optional.of(product);
  }

  private BigDecimal signed(Value raw) {
    BigDecimal number = Decimals.of(raw);
    if (negativeFrom.isEmpty()) {
      return number;
    }
    BigDecimal from = BigDecimal.valueOf(negativeFrom.getAsLong());
    return number.compareTo(from) >= 0 ? from.subtract(number) : number;
  }

  private double unit(BigDecimal raw, BigDecimal factor) {
    BigDecimal curved =
        curve == Curve.LINEAR ? raw : BigDecimal.valueOf(curve.toUnit(raw.doubleValue()));
    return curved.multiply(factor).add(BigDecimal.valueOf(offset)).doubleValue();
  }

  private Optional<Value> raw(BigDecimal unit, BigDecimal factor, ValueType rawType) {
    BigDecimal shifted = unit.subtract(BigDecimal.valueOf(offset));
    if (curve == Curve.DALI) {
      double percent = shifted.doubleValue() / factor.doubleValue();
      return Optional.of(new Value.Int(Math.round(curve.toRaw(percent))));
    }
    if (rawType == ValueType.REAL) {
      double raw = shifted.doubleValue() / factor.doubleValue();
      return Double.isFinite(raw) ? Optional.of(new Value.Real(raw)) : Optional.empty();
    }
    BigDecimal steps = shifted.divide(factor, 0, RoundingMode.HALF_EVEN);
    if (negativeFrom.isPresent() && steps.signum() < 0) {
      steps = BigDecimal.valueOf(negativeFrom.getAsLong()).subtract(steps);
    }
    return Decimals.exactLong(steps);
  }

  private static boolean contains(List<RawRange> ranges, double raw) {
    return ranges.stream().anyMatch(range -> range.contains(raw));
  }

  private static Decoded bad(BadReason reason, String detail) {
    return new Decoded.Bad(reason, detail);
  }

  /**
   * The number in a numeric value.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static double number(Value value) {
    if (value instanceof Value.Int whole) {
      return whole.value();
    }
    if (value instanceof Value.Real real) {
      return real.value();
    }
    throw new IllegalArgumentException("not a number: " + value);
  }
}
