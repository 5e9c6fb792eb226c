package io.polegate.api.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of the clock.
 *
 * @param source who vouches for it
 * @param floor no time before this can be right: when the gateway was built, or the newest trusted
 *     time that it wrote down
 * @param trustedFor how long it has been trusted without a break, on the monotonic clock
 * @param message why it is not trusted and what to do; empty if it is
 */
public record ClockStatus(
    Source source, Instant floor, Optional<Duration> trustedFor, String message) {
  /** Who vouches for the clock. */
  public enum Source {
    /** Nobody: stamps are right in order and distance, not in date. */
    NONE,
    /** The date is not before the floor, and nobody else is there to ask. */
    FLOOR,
    /** The time service of the system says that it is synchronised. */
    SYSTEM,
    /** A platform said what time it is. */
    PLATFORM
  }

  /** Whether deadlines and schedules may go by it. */
  public boolean trusted() {
    return source != Source.NONE;
  }
}
