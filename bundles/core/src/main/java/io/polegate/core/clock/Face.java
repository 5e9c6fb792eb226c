package io.polegate.core.clock;

import io.polegate.api.time.ClockStatus.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the clock goes by at present.
 *
 * @param source who vouches for it
 * @param correction from the run's own clock to the present; empty if it was never learnt
 * @param sinceNanos when it became trusted
 * @param least a system clock that says less has lost its date, and is not followed any more
 * @param message why it is not trusted; empty if it is
 */
record Face(
    Source source, Optional<Duration> correction, long sinceNanos, Instant least, String message) {

  boolean trusted() {
    return source != Source.NONE;
  }

  /** Whether it is the system clock; else it is that of the run, corrected. */
  boolean followsSystem() {
    return source == Source.SYSTEM || source == Source.FLOOR;
  }

  /** What it says when the run's own clock says so, if it follows nobody. */
  Instant held(Instant run) {
    return run.plus(correction.orElse(Duration.ZERO));
  }
}
