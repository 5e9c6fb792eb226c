package io.polegate.api.driver;

import io.polegate.api.data.ValueType;

/**
 * The address of one datum, parsed once by the driver that owns it; only that driver knows what is
 * inside. Immutable.
 */
public interface Point {

  /** Kind of value that the driver reads and writes here, before scaling. */
  ValueType type();

  /** What the protocol allows at this address. */
  Access access();
}
