package io.polegate.core;

import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Stamps what happens, and says whether the clock behind the stamp can be right. Thread-safe. */
final class TimeTrust {
  /** No gateway of this version ran before; a clock that says so has lost its battery. */
  static final Instant FLOOR = Instant.parse("2026-01-01T00:00:00Z");

  private final InstantSource clock;

  TimeTrust(InstantSource clock) {
    this.clock = clock;
  }

  /** The present, in milliseconds because that is what platforms get. */
  SampleTime now() {
    return stamp(clock.instant());
  }

  /** A time that a device gave. */
  SampleTime stamp(Instant instant) {
    TimeQuality quality = instant.isBefore(FLOOR) ? TimeQuality.UNTRUSTED : TimeQuality.TRUSTED;
    return new SampleTime(instant.truncatedTo(ChronoUnit.MILLIS), quality);
  }
}
