package io.polegate.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A wall clock and a monotonic clock that move only when told. Give {@code clock} where an {@link
 * InstantSource} is wanted and {@link #monotonic()} where {@code System::nanoTime} would stand.
 * Thread-safe.
 */
public final class HandClock implements InstantSource {
  private Instant wall;
  private final AtomicLong nanos = new AtomicLong(1_000_000_000L);

  /** Starts at {@code start}. */
  public HandClock(Instant start) {
    this.wall = start;
  }

  /** Starts at noon UTC of 1 November 2026. */
  public HandClock() {
    this(Instant.parse("2026-11-01T12:00:00Z"));
  }

  @Override
  public synchronized Instant instant() {
    return wall;
  }

  /** The monotonic clock, in nanoseconds from an arbitrary origin. */
  public LongSupplier monotonic() {
    return nanos::get;
  }

  /** Time passes on both clocks. */
  public synchronized void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
    wall = wall.plus(time);
  }

  /** Somebody sets the wall clock; the monotonic one does not notice. */
  public synchronized void setWall(Instant instant) {
    wall = instant;
  }
}
