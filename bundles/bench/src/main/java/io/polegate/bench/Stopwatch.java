package io.polegate.bench;

/** Samples from the monotonic clock. */
final class Stopwatch {
  private static final double NANOS_PER_SECOND = 1e9;

  private Stopwatch() {}

  static double rate(long units, long beginNanos) {
    return perSecond(units, System.nanoTime() - beginNanos);
  }

  static double perSecond(long units, long nanos) {
    return units * NANOS_PER_SECOND / nanos;
  }
}
