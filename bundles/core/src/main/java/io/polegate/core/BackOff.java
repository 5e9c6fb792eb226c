package io.polegate.core;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Growing pauses between tries: 1 s, doubled up to a limit, each spread by a quarter either way so
 * that a street of poles does not act in step. Confined to one thread.
 */
final class BackOff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final double SPREAD = 0.25;
  private static final int MOST_DOUBLINGS = 30;

  private final Duration limit;
  private final DoubleSupplier random;
  private int failures;

  /**
   * Starts with no failure.
   *
   * @param limit longest pause before spreading
   * @param random numbers from 0 to 1
   */
  BackOff(Duration limit, DoubleSupplier random) {
    this.limit = limit;
    this.random = random;
  }

  /** Counts a failure and says how long to pause. */
  Duration failed() {
    failures++;
    Duration pause = FIRST.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    Duration capped = pause.compareTo(limit) < 0 ? pause : limit;
    double factor = 1 - SPREAD + 2 * SPREAD * random.getAsDouble();
    return Duration.ofNanos(Math.round(capped.toNanos() * factor));
  }

  /** Forgets all failures. */
  void succeeded() {
    failures = 0;
  }

  /** Failures in a row. */
  int failures() {
    return failures;
  }
}
