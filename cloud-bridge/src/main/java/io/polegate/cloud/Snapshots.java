package io.polegate.cloud;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When a session shows the present values: once behind the alarms at its beginning, then as often
 * as is set for as long as the newest readings wait behind older ones. One thread.
 */
final class Snapshots {
  private final Backlog backlog;
  private final Duration interval;
  private final LongSupplier nanos;
  private boolean begun;
  private long lastNanos;

  /**
   * A session begins.
   *
   * @param nanos the monotonic clock
   */
  Snapshots(Backlog backlog, Duration interval, LongSupplier nanos) {
    this.backlog = backlog;
    this.interval = interval;
    this.nanos = nanos;
  }

  /** Whether the first of the session was taken. */
  boolean begun() {
    return begun;
  }

  /** Whether one is to be taken now; it counts as taken. */
  boolean due() {
    if (restNanos() > 0) {
      return false;
    }
    begun = true;
    lastNanos = nanos.getAsLong();
    return true;
  }

  /** Nanoseconds until one may be due; 0 if one is. */
  long restNanos() {
    if (!begun) {
      return backlog.alarmsFirst() ? 0 : interval.toNanos();
    }
    long behind = backlog.behind().toNanos();
    long since = nanos.getAsLong() - lastNanos;
    return Math.max(0, interval.toNanos() - Math.min(behind, since));
  }
}
