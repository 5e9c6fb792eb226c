package io.polegate.core;

import io.polegate.api.data.SampleTime;
import java.time.Instant;
import java.time.InstantSource;

/** Stamps what happens, and says whether the clock behind the stamp can be right. Thread-safe. */
final class TimeTrust {
  private final InstantSource clock;

  TimeTrust(InstantSource clock) {
    this.clock = clock;
  }

  /** The present. */
  SampleTime now() {
    return stamp(clock.instant());
  }

  /** A time that a device gave. */
  SampleTime stamp(Instant instant) {
    return SampleTime.of(instant);
  }
}
