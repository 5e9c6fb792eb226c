package io.polegate.core.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A clock that starts with the gateway, runs evenly and follows nobody. Wrong by one and the same
 * amount from beginning to end. Thread-safe.
 */
final class RunClock implements InstantSource {
  private final Instant begin;
  private final long beginNanos;
  private final LongSupplier nanos;

  RunClock(Instant begin, LongSupplier nanos) {
    this.begin = begin;
    this.nanos = nanos;
    this.beginNanos = nanos.getAsLong();
  }

  @Override
  public Instant instant() {
    return begin.plusNanos(nanos.getAsLong() - beginNanos);
  }

  /** What it would have said a while before it began. */
  Instant before(Duration begun) {
    return begin.minus(begun);
  }
}
