package io.polegate.cloud;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * How large a snapshot's message may be, learnt from sessions that broke while one was under way: a
 * broker that takes no large message must not lose its session at each snapshot. Tries larger ones
 * again after an hour. Lives as long as its uplink; all but the runnables belong to its thread.
 */
final class SnapshotSize {
  /** Smaller ones hold next to nothing: none goes. */
  static final int LEAST_BYTES = 500;

  private static final long HOUR = Duration.ofHours(1).toNanos();

  private final LongSupplier nanos;
  private AtomicInteger underWay = new AtomicInteger();
  private int mostBytes = JsonEncoder.MESSAGE_BYTES;
  private long failedNanos;

  /**
   * Starts with the largest.
   *
   * @param nanos the monotonic clock
   */
  SnapshotSize(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** A session begins; what the one before left unacknowledged was too large, or the line broke. */
  void begin() {
    if (underWay.get() > 0) {
      mostBytes /= 2;
      failedNanos = nanos.getAsLong();
    }
    underWay = new AtomicInteger();
  }

  /** Bytes at which a message is closed; below {@link #LEAST_BYTES} none may go. */
  int mostBytes() {
    if (mostBytes < JsonEncoder.MESSAGE_BYTES && nanos.getAsLong() - failedNanos >= HOUR) {
      mostBytes = Math.min(JsonEncoder.MESSAGE_BYTES, Math.max(mostBytes, LEAST_BYTES) * 2);
      failedNanos = nanos.getAsLong();
    }
    return mostBytes;
  }

  /** A message goes; to be run, on any thread, when the broker has it. */
  Runnable sent() {
    AtomicInteger mine = underWay;
    mine.incrementAndGet();
    return mine::decrementAndGet;
  }

  /** Whether the broker has all of them. */
  boolean taken() {
    return underWay.get() == 0;
  }
}
