package io.polegate.core;

/**
 * How busy something was in the last minute, to the second. Fed by one thread, read by any.
 * Thread-safe.
 */
final class LoadMeter {
  private static final int SECONDS = 60;
  private static final long SECOND = 1_000_000_000L;

  private final long startNanos;
  private final long[] busy = new long[SECONDS];
  private long newest;

  /** Starts idle, at this time on the monotonic clock. */
  LoadMeter(long startNanos) {
    this.startNanos = startNanos;
  }

  /** It was busy from here to there. */
  synchronized void busy(long fromNanos, long toNanos) {
    long from = Math.max(fromNanos - startNanos, toNanos - startNanos - SECONDS * SECOND);
    long to = toNanos - startNanos;
    for (long at = Math.max(0, from); at < to; ) {
      long end = Math.min(to, (at / SECOND + 1) * SECOND);
      forget(at / SECOND);
      busy[(int) (at / SECOND % SECONDS)] += end - at;
      at = end;
    }
  }

  private void forget(long second) {
    for (long s = Math.max(newest + 1, second - SECONDS + 1); s <= second; s++) {
      busy[(int) (s % SECONDS)] = 0;
    }
    newest = Math.max(newest, second);
  }

  /** Share of the last minute, or of the time since the start if that is shorter; 0 to 1. */
  synchronized double share(long nowNanos) {
    long now = nowNanos - startNanos;
    forget(now / SECOND);
    long sum = 0;
    for (long second : busy) {
      sum += second;
    }
    long window = Math.min(now, (SECONDS - 1) * SECOND + now % SECOND);
    double share = window <= 0 ? 0 : Math.min(1, (double) sum / window);
    return Math.round(share * 100) / 100.0;
  }
}
