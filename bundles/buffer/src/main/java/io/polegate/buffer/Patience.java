package io.polegate.buffer;

import java.util.function.LongSupplier;

/**
 * How long telemetry waits for company before it is written. The first after a start hardly waits,
 * so that a pole that starts shows at once that it lives. Guarded by the lock of the inbox.
 */
final class Patience {
  /** The first telemetry waits for this part of the interval. */
  private static final int FIRST = 20;

  private final LongSupplier intervalNanos;
  private boolean firstTaken;

  Patience(LongSupplier intervalNanos) {
    this.intervalNanos = intervalNanos;
  }

  long nanos() {
    long interval = intervalNanos.getAsLong();
    return firstTaken ? interval : interval / FIRST;
  }

  /** Telemetry went to the disk. */
  void taken() {
    firstTaken = true;
  }
}
