package io.polegate.core;

import io.polegate.api.config.Coding;
import io.polegate.api.data.Value;

/** What counts as a change of a value. Stateless. */
final class Deadband {
  private Deadband() {}

  /** Whether a value left the deadband around an earlier one; without a deadband, any change. */
  static boolean left(Value before, Value now, double deadband) {
    if (before.type().isNumber() && now.type().isNumber() && deadband > 0) {
      return Math.abs(Coding.number(now) - Coding.number(before)) > deadband;
    }
    return !before.equals(now);
  }
}
