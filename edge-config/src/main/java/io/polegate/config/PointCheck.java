package io.polegate.config;

import io.polegate.api.config.PointSpec;
import io.polegate.api.driver.Access;
import io.polegate.api.driver.Point;
import io.polegate.api.settings.Setting;
import java.util.List;
import java.util.Locale;

/** What a point's keys must fulfil, given what is at its address. */
final class PointCheck {
  private static final List<Setting<?>> FOR_NUMBERS =
      List.of(Keys.SCALE, Keys.OFFSET, Keys.MIN, Keys.MAX, Keys.DEADBAND);

  private PointCheck() {}

  static void check(Section section, PointSpec spec, Point point) {
    Access allowed = point.access();
    if (!allowed.permits(spec.access())) {
      section.report(
          Keys.ACCESS.key(),
          word(spec.access()) + " is not possible at this address: write " + word(allowed));
    }
    if (point.type().isNumber()) {
      checkCommandLimits(section, spec);
    } else {
      checkNoNumbers(section, point);
    }
  }

  private static void checkCommandLimits(Section section, PointSpec spec) {
    boolean open = !section.has(Keys.MIN.key()) || !section.has(Keys.MAX.key());
    if (spec.access().writable() && open) {
      section.report(
          Keys.ACCESS.key(), "commands to a number need limits: write min and max as well");
    }
  }

  private static void checkNoNumbers(Section section, Point point) {
    for (Setting<?> setting : FOR_NUMBERS) {
      if (section.has(setting.key())) {
        section.report(
            setting.key(),
            "has a meaning for numbers only, and this point is "
                + word(point.type())
                + ": remove it");
      }
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
