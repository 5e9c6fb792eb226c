package io.polegate.api.driver;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;
import java.time.Instant;
import java.util.Optional;

/**
 * What a driver read at one point: raw, not yet scaled, stamped only if the source has a clock of
 * its own.
 */
public sealed interface Sample {

  /**
   * A value of the point's {@linkplain Point#type() type}.
   *
   * @param sourceTime the device's own stamp, empty for protocols without one
   */
  record Good(Value value, Optional<Instant> sourceTime) implements Sample {}

  /**
   * This point has no value although the endpoint is alive.
   *
   * @param detail one line for a person, for instance {@code exception 2: illegal data address}
   */
  record Bad(BadReason reason, String detail) implements Sample {}

  /** A value without a stamp of its own. */
  static Sample good(Value value) {
    return new Good(value, Optional.empty());
  }

  /** A bad sample. */
  static Sample bad(BadReason reason, String detail) {
    return new Bad(reason, detail);
  }
}
