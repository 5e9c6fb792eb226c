package io.polegate.core;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whose turn it is on a bus. Devices that answered last time go before devices that did not, and
 * between two tries that may cost a time-out one healthy read gets its turn; so a healthy device
 * waits for at most one time-out, however many neighbours are dead. A suspect that was passed over
 * for longer than the patience goes first once, so that a full bus still notices that it is back.
 * Confined to the thread of the bus.
 */
final class Turns {
  private final List<PolledDevice> devices;
  private final long patienceNanos;
  private boolean lastCostTimeout;

  Turns(List<PolledDevice> devices, long patienceNanos) {
    this.devices = devices;
    this.patienceNanos = patienceNanos;
  }

  /** The device to read now; empty when none is due. */
  Optional<PolledDevice> next(long nowNanos) {
    Optional<PolledDevice> healthy = earliest(nowNanos, device -> !device.isSuspect());
    Optional<PolledDevice> suspect = earliest(nowNanos, PolledDevice::isSuspect);
    if (healthy.isEmpty() || suspect.isEmpty()) {
      return healthy.or(() -> suspect);
    }
    boolean overdue = suspect.get().dueIn(nowNanos) < -patienceNanos;
    return overdue && !lastCostTimeout ? suspect : healthy;
  }

  /** Says what the last turn cost. */
  void took(boolean timeout) {
    lastCostTimeout = timeout;
  }

  /** Whether a healthy read is owed before anything else may cost a time-out. */
  boolean owesHealthyRead(long nowNanos) {
    return lastCostTimeout && earliest(nowNanos, device -> !device.isSuspect()).isPresent();
  }

  /** Nanoseconds until the next device is due, never negative; {@code Long.MAX_VALUE} for none. */
  long untilNext(long nowNanos) {
    return devices.stream()
        .mapToLong(d -> Math.max(0, d.dueIn(nowNanos)))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private Optional<PolledDevice> earliest(long nowNanos, Predicate<PolledDevice> which) {
    return devices.stream()
        .filter(device -> device.dueIn(nowNanos) <= 0)
        .filter(which)
        .min(Comparator.comparingLong(device -> device.dueIn(nowNanos)));
  }
}
