package io.polegate.driver.gpio;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The edges of one line, debounced and counted. Told by one thread at a time, read by any.
 *
 * <p>An edge counts unless another one counted less than the debounce time before. So no pulse is
 * lost for being short, as it would be if the line had to be quiet first: a reed contact of a rain
 * gauge closes for 100 ms and bounces for 300.
 */
final class Edges {
  private final long debounceNanos;
  private final AtomicLong count = new AtomicLong();
  private volatile long countedAt;

  Edges(long debounceNanos) {
    this.debounceNanos = debounceNanos;
  }

  /** One edge at this time of the monotonic clock; whether it counts. */
  boolean edge(long nanos) {
    boolean counts = count.get() == 0 || nanos - countedAt >= debounceNanos;
    if (counts) {
      countedAt = nanos;
      count.incrementAndGet();
    }
    return counts;
  }

  long count() {
    return count.get();
  }
}
