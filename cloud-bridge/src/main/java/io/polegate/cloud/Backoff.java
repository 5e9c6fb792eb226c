package io.polegate.cloud;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next connection: doubles up to the limit, 25 % jitter either way, and
 * starts anew only after a session that lasted, so that a broker which accepts and drops is not
 * hammered. One thread.
 */
final class Backoff {
  /** A session this long was a good one. */
  static final Duration STABLE = Duration.ofMinutes(1);

  private static final double JITTER = 0.25;

  private final double firstNanos;
  private final double capNanos;
  private final DoubleSupplier random;
  private double baseNanos;

  /**
   * Starts at the first pause.
   *
   * @param random uniform in 0..1
   */
  Backoff(Duration first, Duration limit, DoubleSupplier random) {
    // with the jitter on top, no pause is longer than the limit, and none sticks to it
    this.capNanos = (double) limit.toNanos() / (1 + JITTER);
    this.firstNanos = Math.min((double) first.toNanos(), capNanos);
    this.random = random;
    this.baseNanos = firstNanos;
  }

  /** The pause after a session that lasted so long; zero if there was none. */
  Duration next(Duration lasted) {
    if (lasted.compareTo(STABLE) >= 0) {
      baseNanos = firstNanos;
    }
    double pause = baseNanos * (1 - JITTER + 2 * JITTER * random.getAsDouble());
    baseNanos = Math.min(baseNanos * 2, capNanos);
    return Duration.ofNanos((long) pause);
  }
}
