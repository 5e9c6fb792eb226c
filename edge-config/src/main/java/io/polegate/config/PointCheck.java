package io.polegate.config;

import io.polegate.api.config.PointSpec;
import io.polegate.api.data.ValueType;
import io.polegate.api.driver.Access;
import io.polegate.api.driver.Point;
import io.polegate.api.settings.Setting;
import java.util.List;
import java.util.Locale;

/** What a point's keys must fulfil, given what is at its address. */
final class PointCheck {
  private static final List<Setting<?>> FOR_NUMBERS =
      List.of(
          Keys.SCALE,
          Keys.OFFSET,
          Keys.NEGATIVE_FROM,
          Keys.CURVE,
          Keys.MIN,
          Keys.MAX,
          Keys.DEADBAND);

  private static final List<String> HEARTBEAT =
      List.of(
          Keys.HEARTBEAT,
          Keys.HEARTBEAT_VALUE.key(),
          Keys.HEARTBEAT_EVERY.key(),
          Keys.RELEASE.key());

  private PointCheck() {}

  static void check(Section section, PointSpec spec, Point point) {
    Access allowed = point.access();
    if (!allowed.permits(spec.access())) {
      section.report(
          Keys.ACCESS.key(),
          word(spec.access()) + " is not possible at this address: write " + word(allowed));
    }
    ValueType type = spec.coding().type(point.type());
    if (!spec.coding().values().isEmpty() && point.type() != ValueType.INTEGER) {
      section.report(
          Keys.VALUES,
          "is for whole numbers, and this point is " + word(point.type()) + ": remove it");
    }
    if (type.isNumber()) {
      checkCommandLimits(section, spec);
    } else {
      checkNoNumbers(section, type);
    }
    if (section.has(Keys.EVENT.key()) && !spec.access().readable()) {
      section.report(Keys.EVENT.key(), "is for points that are read: remove it");
    }
    if (HEARTBEAT.stream().anyMatch(section::has)) {
      checkHeartbeat(section, spec, point);
    }
  }

  private static void checkHeartbeat(Section section, PointSpec spec, Point point) {
    if (!spec.access().writable()) {
      section.report(Keys.HEARTBEAT, "is written: write access: read-write or write as well");
    }
    for (Setting<?> setting : List.of(Keys.HEARTBEAT_VALUE, Keys.HEARTBEAT_EVERY)) {
      if (!section.has(setting.key())) {
        section.report(setting.key(), "is missing: write " + setting.form());
      }
    }
    ValueType type = spec.coding().type(point.type());
    if (!type.isNumber() && type != ValueType.BOOLEAN) {
      section.report(
          Keys.HEARTBEAT, "is not possible for a point that is " + word(type) + ": remove it");
      return;
    }
    for (Setting<Double> setting : List.of(Keys.HEARTBEAT_VALUE, Keys.RELEASE)) {
      section
          .value(setting)
          .ifPresent(number -> checkBeat(section, setting.key(), number, spec, type));
    }
  }

  private static void checkBeat(
      Section section, String key, double number, PointSpec spec, ValueType type) {
    if (type == ValueType.BOOLEAN && number != 0 && number != 1) {
      section.report(key, "must be 0 or 1: this point has two states");
    } else if (!spec.limits().contain(number)) {
      section.report(key, "is outside of min to max: write a value that commands may have");
    }
  }

  private static void checkCommandLimits(Section section, PointSpec spec) {
    boolean open = !section.has(Keys.MIN.key()) || !section.has(Keys.MAX.key());
    if (spec.access().writable() && open) {
      section.report(
          Keys.ACCESS.key(), "commands to a number need limits: write min and max as well");
    }
  }

  private static void checkNoNumbers(Section section, ValueType type) {
    for (Setting<?> setting : FOR_NUMBERS) {
      if (section.has(setting.key())) {
        section.report(
            setting.key(),
            "has a meaning for numbers only, and this point is " + word(type) + ": remove it");
      }
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
