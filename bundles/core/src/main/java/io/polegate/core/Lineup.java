package io.polegate.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a bus works for at a time.
 *
 * @param devices in document order
 * @param heartbeats of these devices, and the last words to those that went
 */
record Lineup(List<PolledDevice> devices, List<Heartbeat> heartbeats) {
  /** Nothing yet. */
  static final Lineup NONE = new Lineup(List.of(), List.of());

  /** Copies the lists. */
  Lineup {
    devices = List.copyOf(devices);
    heartbeats = List.copyOf(heartbeats);
  }

  /** The device with this id. */
  Optional<PolledDevice> device(String id) {
    return devices.stream().filter(device -> device.id().equals(id)).findFirst();
  }

  /** Heartbeats of this device. */
  List<Heartbeat> heartbeatsOf(PolledDevice device) {
    return heartbeats.stream().filter(beat -> beat.device() == device).toList();
  }

  /** All points that are polled. */
  List<PolledPoint> readable() {
    return devices.stream().flatMap(device -> device.readable().stream()).toList();
  }

  /** Devices that are not in the other one. */
  List<PolledDevice> notIn(Lineup other) {
    return devices.stream().filter(device -> !other.devices.contains(device)).toList();
  }

  /**
   * This one as what comes after another: heartbeats that nobody goes on with have a last word, if
   * their device answers.
   */
  Lineup after(Lineup before, long nowNanos) {
    List<Heartbeat> all = new ArrayList<>(heartbeats);
    for (Heartbeat old : before.heartbeats) {
      boolean goesOn = devices.contains(old.device()) || heartbeats.stream().anyMatch(old::isWhere);
      if (!goesOn && old.isLast()) {
        all.add(old);
      } else if (!goesOn && !old.device().isAway()) {
        old.farewell(nowNanos).ifPresent(all::add);
      }
    }
    return new Lineup(devices, all);
  }

  /** Without some of the heartbeats. */
  Lineup without(Predicate<Heartbeat> which) {
    return new Lineup(devices, heartbeats.stream().filter(which.negate()).toList());
  }
}
