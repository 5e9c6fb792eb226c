package io.polegate.config;

import io.polegate.api.config.Coding;
import io.polegate.api.config.PointSpec;
import io.polegate.api.data.Value;
import io.polegate.api.data.ValueType;
import io.polegate.api.driver.Point;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Setting;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A point that was read by itself, before it is tied to the other points of its device.
 *
 * @param spec without factors, guards and proof
 * @param point empty if its address is wrong or its driver unknown
 */
record PointDraft(Child child, Section section, PointSpec spec, Optional<Point> point) {
  private static final Setting<Double> NUMBER = Setting.real("number");

  /** Kind of its values; empty if nobody can tell. */
  Optional<ValueType> type() {
    return point.map(at -> coding().type(at.type()));
  }

  /**
   * A value of this point as it is written in a document.
   *
   * @return empty if it cannot have this value
   */
  Optional<Value> value(String text) {
    ValueType type = type().orElse(ValueType.TEXT);
    if (!spec.coding().values().isEmpty()) {
      return spec.coding().values().stream()
          .map(Coding.Meaning::value)
          .filter(value -> text.equals(word(value)))
          .findFirst();
    }
    return switch (type) {
      case BOOLEAN ->
          text.equals("true") || text.equals("false")
              ? Optional.of(new Value.Bool(text.equals("true")))
              : Optional.empty();
      case INTEGER, REAL -> number(text, type);
      case TEXT -> Optional.of(new Value.Text(text));
      case BYTES -> Optional.empty();
    };
  }

  /** What can be written where {@link #value} is asked for. */
  String form() {
    if (!spec.coding().values().isEmpty()) {
      return "write one of "
          + Findings.list(
              spec.coding().values().stream()
                  .map(meaning -> word(meaning.value()))
                  .collect(Collectors.toSet()));
    }
    return type().filter(ValueType::isNumber).isPresent()
        ? "write a number"
        : "write true or false";
  }

  private Coding coding() {
    return spec.coding();
  }

  private static String word(Value value) {
    return value instanceof Value.Text text
        ? text.value()
        : Boolean.toString(value.equals(new Value.Bool(true)));
  }

  private static Optional<Value> number(String text, ValueType type) {
    try {
      double number = NUMBER.parse(text);
      boolean whole = type == ValueType.INTEGER && number == Math.rint(number);
      return Optional.of(whole ? new Value.Int((long) number) : new Value.Real(number));
    } catch (InvalidSettingException e) {
      return Optional.empty(); // the caller says so in its own words
    }
  }
}
