package io.polegate.core;

import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A command's deadline, judged at one moment.
 *
 * @param deadline on the wall clock
 * @param now the moment
 */
record Deadline(Instant deadline, SampleTime now) {
  /** Far enough for any command, and far from overflow. */
  private static final Duration MOST = Duration.ofDays(365);

  /**
   * How long an id outlives its deadline: longer than any clock step that leaves the command in
   * date again.
   */
  private static final Duration REMEMBER = Duration.ofDays(1);

  /** Why the command must not act any more; empty if it may. */
  Optional<String> problem() {
    if (now.quality() != TimeQuality.TRUSTED) {
      return Optional.of("the gateway does not know the time, so no deadline can be judged");
    }
    if (now.instant().isAfter(deadline)) {
      return Optional.of("too late: the deadline was " + deadline + ", it is " + now.instant());
    }
    return Optional.empty();
  }

  /** Time left, at most a year. */
  long nanosLeft() {
    Duration left = Duration.between(now.instant(), deadline);
    return (left.compareTo(MOST) < 0 ? left : MOST).toNanos();
  }

  /** When the id may be forgotten, because the deadline refuses the command anyway. */
  Instant forgetAfter() {
    return deadline.isBefore(Instant.MAX.minus(REMEMBER)) ? deadline.plus(REMEMBER) : deadline;
  }
}
