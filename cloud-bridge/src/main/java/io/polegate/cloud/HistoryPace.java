package io.polegate.cloud;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * When and how fast readings from before a session go: not all poles of a city at once after an
 * outage, and no faster than the document, or the platform for a while, wants it. Lives as long as
 * its uplink. Thread-safe.
 */
final class HistoryPace {
  /** No limit. */
  static final int UNLIMITED = 0;

  private static final double SECOND = Duration.ofSeconds(1).toNanos();

  /** Share of a second that is saved up, so that messages do not hold single readings. */
  private static final double QUANTUM = 0.25;

  private final int configured;
  private final Duration spread;
  private final int batch;
  private final LongSupplier nanos;
  private final DoubleSupplier random;
  private boolean connectedBefore;
  private long endedNanos;
  private long gateNanos;
  private int ordered;
  private long orderedUntilNanos;
  private double tokens;
  private long filledNanos;

  /**
   * As the document wants it.
   *
   * @param options pace, spread and batch
   * @param nanos the monotonic clock
   * @param random uniform in 0..1
   */
  HistoryPace(DeliveryOptions options, LongSupplier nanos, DoubleSupplier random) {
    this.configured = options.historyPace();
    this.spread = options.spread();
    this.batch = options.batch();
    this.nanos = nanos;
    this.random = random;
    long now = nanos.getAsLong();
    this.gateNanos = now;
    this.orderedUntilNanos = now;
    this.filledNanos = now;
  }

  /** A session stands. The first of the process counts as one after a long outage. */
  synchronized void began() {
    long now = nanos.getAsLong();
    if (!connectedBefore || now - endedNanos > spread.toNanos()) {
      gateNanos = now + (long) (spread.toNanos() * random.getAsDouble());
    }
    connectedBefore = true;
    tokens = 0;
    filledNanos = now;
  }

  /** The session is over. */
  synchronized void ended() {
    endedNanos = nanos.getAsLong();
  }

  /** The platform wants another pace for a while: readings a second, or {@link #UNLIMITED}. */
  synchronized void order(int readingsPerSecond, Duration time) {
    fill();
    ordered = readingsPerSecond;
    orderedUntilNanos = nanos.getAsLong() + time.toNanos();
  }

  /** How many readings of history may go now. */
  synchronized int allowance() {
    if (gateNanos - nanos.getAsLong() > 0) {
      return 0;
    }
    int rate = rate();
    if (rate == UNLIMITED) {
      return Integer.MAX_VALUE;
    }
    fill();
    return tokens >= quantum(rate) ? (int) tokens : 0;
  }

  /** So many of them went. */
  synchronized void spent(int readings) {
    tokens = Math.max(0, tokens - readings);
  }

  /** Nanoseconds until there is an allowance, at least 1. */
  synchronized long waitNanos() {
    long now = nanos.getAsLong();
    long gate = gateNanos - now;
    if (gate > 0) {
      return gate;
    }
    int rate = rate();
    if (rate == UNLIMITED) {
      return 1;
    }
    fill();
    long wait = (long) Math.ceil((quantum(rate) - tokens) / rate * SECOND);
    long expiry = orderedUntilNanos - now;
    return Math.max(1, expiry > 0 ? Math.min(wait, expiry) : wait);
  }

  private int rate() {
    return orderedUntilNanos - nanos.getAsLong() > 0 ? ordered : configured;
  }

  private double quantum(int rate) {
    return Math.max(1, Math.min(batch, rate * QUANTUM));
  }

  private void fill() {
    long now = nanos.getAsLong();
    int rate = rate();
    tokens = Math.min(Math.max(rate, 1), tokens + (now - filledNanos) / SECOND * rate);
    filledNanos = now;
  }
}
