package io.polegate.testkit.modbus;

import io.polegate.api.config.Coding;
import io.polegate.api.config.Curve;
import io.polegate.api.config.PointSpec;
import io.polegate.api.data.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Raw values to try at a point: on its grid, within its range, other ones in each round, and for
 * named values one name after the other. Pure.
 *
 * @param place where it is
 */
record RawChoice(PointSpec point, SimulatedPoint place, Optional<SimulatedCoding> coding) {
  private static final double GOLDEN = 0.618_033_988_749_895;

  /** Largest number without limits; one that a float still has digits for. */
  private static final double USUAL = 10_000;

  /** The value of a round, from 0. */
  Value of(int round) {
    if (!point.coding().values().isEmpty()) {
      int names = point.coding().values().size();
      return new Value.Int(point.coding().values().get(round % names).raw());
    }
    if (place.type().equals("bool")) {
      // another digit of its number in each round tells 32 neighbours apart
      int number = place.address() + Math.max(place.bit(), 0);
      return new Value.Bool((number >> round % 5 & 1) == 1);
    }
    if (place.type().equals("string")) {
      String text = (char) ('A' + round % 26) + "-" + point.id();
      return new Value.Text(text.substring(0, Math.min(2 * place.size(), text.length())));
    }
    return number(round);
  }

  private Value number(int round) {
    for (int attempt = 0; attempt < 100; attempt++) {
      double fraction = fraction(round + 31 * attempt);
      Value raw =
          point.coding().negativeFrom().isPresent()
              ? signed(round, fraction, (double) point.coding().negativeFrom().getAsLong())
              : between(least(), largest(), fraction);
      boolean shown = coding.isEmpty() || coding.get().unit(raw).isPresent();
      if (shown && inside(raw)) {
        return raw;
      }
    }
    throw new IllegalStateException(
        "no raw value of " + point.id() + " is between its min and max and not a fault");
  }

  /** Negative in each other round, if it may be. */
  private Value signed(int round, double fraction, double from) {
    boolean negative = round % 2 == 1 && point.limits().min().orElse(-1) < 0;
    List<Double> bounds = bounds();
    double most = bounds.isEmpty() ? from : negative ? -bounds.get(0) : bounds.get(1);
    double magnitude = Math.floor(fraction * Math.min(from - 1, most));
    return new Value.Int(Math.round(negative ? from + magnitude : magnitude));
  }

  /** Spread evenly, other ones for other points. */
  private double fraction(int round) {
    double turn = (round + 1) * GOLDEN + Math.floorMod(point.id().hashCode(), 997) / 997.0;
    return turn - Math.floor(turn);
  }

  private Value between(double least, double largest, double fraction) {
    double at = least + fraction * (largest - least);
    if (place.isReal()) {
      return new Value.Real(Double.parseDouble(shortened(at)));
    }
    return new Value.Int(Math.round(Math.floor(at)));
  }

  /** With as many digits as a 32-bit float surely keeps. */
  private static String shortened(double number) {
    return new BigDecimal(number).round(new MathContext(6)).toString();
  }

  private boolean inside(Value raw) {
    return coding
        .flatMap(known -> known.unit(raw))
        .filter(value -> value.type().isNumber())
        .map(value -> point.limits().contain(Coding.number(value)))
        .orElse(true);
  }

  private double least() {
    double type =
        switch (place.type()) {
          case "int16" -> Short.MIN_VALUE;
          case "int32" -> Integer.MIN_VALUE;
          case "int64" -> -9e18;
          case "float32", "float64" -> point.limits().min().orElse(-1) < 0 ? -USUAL : 0;
          default -> 0;
        };
    return Math.max(type, bounds().stream().mapToDouble(b -> b).min().orElse(type));
  }

  private double largest() {
    double type =
        switch (place.type()) {
          case "int16" -> Short.MAX_VALUE;
          case "int32" -> Integer.MAX_VALUE;
          case "uint32" -> 0xFFFF_FFFFL;
          case "int64", "uint64" -> 9e18;
          case "float32", "float64" -> USUAL;
          default -> 0xFFFF;
        };
    List<Double> bounds = bounds();
    return bounds.size() < 2
        ? type
        : Math.min(type, bounds.stream().mapToDouble(b -> b).max().orElse(type));
  }

  /** Both ends as raw numbers, where they say anything. */
  private List<Double> bounds() {
    if (point.coding().curve() == Curve.DALI) {
      return List.of(0.0, 254.0);
    }
    OptionalDouble min =
        coding.map(c -> c.raw(point.limits().min())).orElse(OptionalDouble.empty());
    OptionalDouble max =
        coding.map(c -> c.raw(point.limits().max())).orElse(OptionalDouble.empty());
    boolean told = min.isPresent() && max.isPresent();
    return told ? List.of(min.getAsDouble(), max.getAsDouble()) : List.of();
  }
}
