package io.polegate.api.data;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When something was sampled.
 *
 * @param instant wall-clock time; carried to platforms with millisecond resolution
 * @param quality whether the clock behind {@code instant} was trusted
 */
public record SampleTime(Instant instant, TimeQuality quality) {
  /** No gateway of this version ran before; a clock that says so has lost its battery. */
  private static final Instant FLOOR = Instant.parse("2026-01-01T00:00:00Z");

  /**
   * A stamp in whole milliseconds, trusted unless no clock of a pole can have said so. For tests:
   * in a gateway stamps come from the {@link io.polegate.api.time.PoleClock}.
   */
  public static SampleTime of(Instant instant) {
    TimeQuality quality = instant.isBefore(FLOOR) ? TimeQuality.UNTRUSTED : TimeQuality.TRUSTED;
    return new SampleTime(instant.truncatedTo(ChronoUnit.MILLIS), quality);
  }
}
