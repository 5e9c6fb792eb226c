package io.polegate.cloud;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Lets so many of a kind be told each minute, and counts what goes beyond. Thread-safe. */
final class Budget {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final int most;
  private final LongSupplier nanos;
  private long sinceNanos;
  private int used;
  private long untold;
  private long untoldBefore;

  /**
   * Full.
   *
   * @param most a minute
   * @param nanos the monotonic clock
   */
  Budget(int most, LongSupplier nanos) {
    this.most = most;
    this.nanos = nanos;
    this.sinceNanos = nanos.getAsLong();
  }

  /** Whether one more may be told; counts it if not. */
  synchronized boolean take() {
    renew();
    if (used < most) {
      used++;
      return true;
    }
    untold++;
    return false;
  }

  /** How many were not told in minutes that are over; each is given once. */
  synchronized long untold() {
    renew();
    long count = untoldBefore;
    untoldBefore = 0;
    return count;
  }

  private void renew() {
    long now = nanos.getAsLong();
    if (used > 0 && now - sinceNanos >= MINUTE) {
      used = 0;
      untoldBefore += untold;
      untold = 0;
    }
    if (used == 0) {
      sinceNanos = now;
    }
  }
}
