package io.polegate.testkit.modbus;

import io.polegate.api.config.Coding;
import io.polegate.api.config.Curve;
import io.polegate.api.config.PointSpec;
import io.polegate.api.data.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a raw value means, reckoned apart from {@link Coding}, which only says the rules here. Pure.
 *
 * @param scale that of the point and what the others tell, in one
 */
record SimulatedCoding(Coding rules, BigDecimal scale) {

  /**
   * How the point is coded while others have these values.
   *
   * @return empty if one that tells the scale has a value without a factor, or none
   */
  static Optional<SimulatedCoding> of(PointSpec point, Map<String, Value> others) {
    BigDecimal scale = new BigDecimal(Double.toString(point.coding().scale()));
    for (Coding.Factor factor : point.coding().factors()) {
      Value told = others.get(factor.point());
      Optional<Double> by =
          factor.byValue().entrySet().stream()
              .filter(entry -> told != null && sameValue(entry.getKey(), told))
              .map(Map.Entry::getValue)
              .findFirst();
      if (by.isEmpty()) {
        return Optional.empty();
      }
      scale = scale.multiply(new BigDecimal(Double.toString(by.get())));
    }
    return Optional.of(new SimulatedCoding(point.coding(), scale));
  }

  static boolean sameValue(Value one, Value other) {
    if (one.type().isNumber() && other.type().isNumber()) {
      return decimal(one).compareTo(decimal(other)) == 0;
    }
    return one.equals(other);
  }

  /** The value in the unit; empty if the raw one stands for none. */
  Optional<Value> unit(Value raw) {
    if (!raw.type().isNumber()) {
      return Optional.of(raw);
    }
    double number = decimal(raw).doubleValue();
    boolean none =
        rules.fault().stream().anyMatch(range -> range.contains(number))
            || rules.absent().stream().anyMatch(range -> range.contains(number));
    if (none) {
      return Optional.empty();
    }
    if (!rules.values().isEmpty()) {
      return rules.values().stream()
          .filter(meaning -> meaning.raw() == number)
          .map(Coding.Meaning::value)
          .findFirst();
    }
    boolean plain = !rules.changesNumbers() && rules.factors().isEmpty();
    return Optional.of(plain ? raw : new Value.Real(unit(decimal(raw))));
  }

  private double unit(BigDecimal raw) {
    BigDecimal offset = new BigDecimal(Double.toString(rules.offset()));
    BigDecimal signed = raw;
    if (rules.negativeFrom().isPresent()) {
      BigDecimal from = BigDecimal.valueOf(rules.negativeFrom().getAsLong());
      signed = raw.compareTo(from) < 0 ? raw : raw.subtract(from).negate();
    }
    if (rules.curve() == Curve.DALI) {
      double level = signed.doubleValue();
      // IEC 62386-102: 1 is 0.1 %, 254 is 100 %, even steps of the logarithm between them
      double percent = level == 0 ? 0 : 0.1 * Math.exp((level - 1) * Math.log(1000) / 253);
      signed = BigDecimal.valueOf(percent);
    }
    return signed.multiply(scale).add(offset).doubleValue();
  }

  /** The least or largest raw number that a limit leaves; for codings without sign and curve. */
  OptionalDouble raw(OptionalDouble limit) {
    if (limit.isEmpty()) {
      return limit;
    }
    BigDecimal shifted =
        new BigDecimal(Double.toString(limit.getAsDouble()))
            .subtract(new BigDecimal(Double.toString(rules.offset())));
    return OptionalDouble.of(shifted.divide(scale, 12, RoundingMode.HALF_EVEN).doubleValue());
  }

  private static BigDecimal decimal(Value value) {
    return new BigDecimal(
        value instanceof Value.Int whole
            ? Long.toString(whole.value())
            : Double.toString(Coding.number(value)));
  }
}
