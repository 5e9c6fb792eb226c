package io.polegate.core;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Whose turn it is at an endpoint. Devices that answered last time go before devices that did not,
 * and a healthy device that waited through one time-out is read before anything may cost another;
 * so it waits for at most one time-out, however many neighbours are dead. A suspect that was passed
 * over for longer than its patience goes first once, so that a full bus still notices that it is
 * back. Confined to the thread of the endpoint.
 */
final class Turns {
  private List<PolledDevice> devices;
  private OptionalLong lastTimeoutNanos = OptionalLong.empty();

  Turns(List<PolledDevice> devices) {
    this.devices = List.copyOf(devices);
  }

  /** From now on it is about these. */
  void change(List<PolledDevice> newDevices) {
    devices = List.copyOf(newDevices);
  }

  /** The device to read now; empty when none is due. */
  Optional<PolledDevice> next(long nowNanos) {
    Optional<PolledDevice> healthy = earliest(nowNanos, device -> !device.isSuspect());
    Optional<PolledDevice> suspect = suspect(nowNanos);
    if (healthy.isEmpty() || suspect.isEmpty()) {
      return healthy.or(() -> suspect);
    }
    boolean overdue = suspect.get().isOverdue(nowNanos);
    return overdue && !owesHealthyRead(nowNanos) ? suspect : healthy;
  }

  /** The suspect that has waited longest; empty when none is due. */
  Optional<PolledDevice> suspect(long nowNanos) {
    return earliest(nowNanos, PolledDevice::isSuspect);
  }

  /** Something that ended now cost a time-out, or might have. */
  void tookTimeout(long nowNanos) {
    lastTimeoutNanos = OptionalLong.of(nowNanos);
  }

  /** Whether a healthy device waited through a time-out, so that nothing may cost another now. */
  boolean owesHealthyRead(long nowNanos) {
    if (lastTimeoutNanos.isEmpty()) {
      return false;
    }
    long sinceTimeout = nowNanos - lastTimeoutNanos.getAsLong();
    return earliest(nowNanos, device -> !device.isSuspect())
        .filter(device -> -device.dueIn(nowNanos) >= sinceTimeout)
        .isPresent();
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
