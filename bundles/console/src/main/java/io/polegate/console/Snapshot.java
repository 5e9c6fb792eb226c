package io.polegate.console;

import io.polegate.api.config.PoleSpec;
import io.polegate.api.journal.JournalStatus;
import io.polegate.api.live.BusStatus;
import io.polegate.api.live.DeviceStatus;
import io.polegate.api.live.UplinkStatus;
import io.polegate.api.time.ClockStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that the console shows, at one moment. Immutable.
 *
 * @param version of the gateway
 * @param time the pole's clock
 * @param clock whether {@code time} can be trusted
 * @param uptime since the console started, on the monotonic clock
 */
record Snapshot(
    String version,
    Instant time,
    ClockStatus clock,
    Duration uptime,
    Optional<PoleSpec> pole,
    List<BusStatus> buses,
    List<DeviceStatus> devices,
    List<UplinkStatus> uplinks,
    JournalStatus journal) {

  /** Copies the lists. */
  Snapshot {
    buses = List.copyOf(buses);
    devices = List.copyOf(devices);
    uplinks = List.copyOf(uplinks);
  }

  Optional<DeviceStatus> device(String id) {
    return devices.stream().filter(device -> device.id().equals(id)).findFirst();
  }
}
