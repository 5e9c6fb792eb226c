package io.polegate.core;

import io.polegate.api.data.Reading;
import io.polegate.api.data.Value;

/** Words for a person from what a point said. */
final class Words {
  private Words() {}

  static String of(Value value) {
    if (value instanceof Value.Text text) {
      return text.value();
    }
    if (value instanceof Value.Bool state) {
      return Boolean.toString(state.value());
    }
    if (value instanceof Value.Int whole) {
      return Long.toString(whole.value());
    }
    return value instanceof Value.Real real ? Double.toString(real.value()) : value.toString();
  }

  static String of(Reading reading) {
    if (reading instanceof Reading.Bad bad) {
      String reason = bad.reason().wireName();
      return "bad: " + (bad.detail().isEmpty() ? reason : reason + ", " + bad.detail());
    }
    return of(((Reading.Good) reading).value());
  }
}
