package io.polegate.api.config;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;

/** What came of a raw value. */
public sealed interface Decoded {
  /** A value in the unit. */
  record Good(Value value) implements Decoded {}

  /**
   * The raw value says that there is none.
   *
   * @param detail one line for a person
   */
  record Bad(BadReason reason, String detail) implements Decoded {}
}
