package io.polegate.api.time;

import io.polegate.api.data.SampleTime;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The pole's clock: the system clock once it is trusted; before that a clock that started with the
 * gateway, runs evenly and follows no step of the system clock, so that one correction per {@link
 * ClockRun} makes all its stamps right. Durations, back-off and ages are never measured with it but
 * on the monotonic clock. Thread-safe.
 */
public interface PoleClock extends InstantSource {
  /** The present, as far as it is known. */
  @Override
  Instant instant();

  /** The present as a stamp. */
  SampleTime now();

  /**
   * A time that a device gave, as a stamp, if the pole's own clock is trusted and does not
   * contradict it; else the present: a stamp of a device cannot be put right later, as those of the
   * pole's own clock can.
   */
  SampleTime stamp(Instant byDevice);

  /** Whether the clock is trusted, and why. */
  ClockStatus status();

  /** The run of the clock that stamps of this process belong to. */
  ClockRun run();

  /**
   * A platform says what time it is. Counts only while nobody else vouches for the clock, and never
   * takes it back behind the floor date. Does not block for long; may be called as often as heard.
   *
   * @param who for the record: {@code uplink "city"}
   */
  void heard(Instant said, String who);
}
