package io.polegate.console;

import io.polegate.api.live.DeviceStatus;
import io.polegate.api.live.PointStatus;
import io.polegate.api.live.Traffic;
import io.polegate.api.live.UplinkStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What differs between two snapshots. An age that only grew is no difference: the page counts on by
 * itself.
 *
 * @param shape the document changed, so everything has to be sent
 * @param status something beside the devices changed
 * @param devices those that changed
 */
record Changes(boolean shape, boolean status, List<Device> devices) {

  /**
   * A device that changed.
   *
   * @param now its state
   * @param points those of its points that changed
   */
  record Device(DeviceStatus now, List<PointStatus> points) {}

  static Changes between(Snapshot before, Snapshot after) {
    boolean shape = !before.pole().equals(after.pole()) || !shapeOf(before).equals(shapeOf(after));
    List<Device> devices = new ArrayList<>();
    if (!shape) {
      for (int i = 0; i < after.devices().size(); i++) {
        device(before.devices().get(i), after.devices().get(i)).ifPresent(devices::add);
      }
    }
    return new Changes(shape, statusChanged(before, after), List.copyOf(devices));
  }

  boolean none() {
    return !shape && !status && devices.isEmpty();
  }

  private static List<DeviceStatus> shapeOf(Snapshot snapshot) {
    return snapshot.devices().stream()
        .map(
            device ->
                new DeviceStatus(
                    device.id(),
                    device.names(),
                    device.bus(),
                    device.poll(),
                    DeviceStatus.State.UNKNOWN,
                    Optional.empty(),
                    0,
                    "",
                    Traffic.NONE,
                    0,
                    0,
                    device.points().stream()
                        .map(
                            point ->
                                new PointStatus(point.spec(), Optional.empty(), Optional.empty()))
                        .toList()))
        .toList();
  }

  private static Optional<Device> device(DeviceStatus before, DeviceStatus after) {
    List<PointStatus> points = new ArrayList<>();
    for (int i = 0; i < after.points().size(); i++) {
      PointStatus was = before.points().get(i);
      PointStatus is = after.points().get(i);
      if (!was.reading().equals(is.reading()) || restarted(was.age(), is.age())) {
        points.add(is);
      }
    }
    boolean same =
        points.isEmpty()
            && before.state() == after.state()
            && before.failures() == after.failures()
            && before.message().equals(after.message())
            && before.traffic().equals(after.traffic())
            && !restarted(before.lastGoodAge(), after.lastGoodAge());
    return same ? Optional.empty() : Optional.of(new Device(after, List.copyOf(points)));
  }

  private static boolean statusChanged(Snapshot before, Snapshot after) {
    if (before.clock().source() != after.clock().source()
        || !before.clock().message().equals(after.clock().message())) {
      return true;
    }
    if (!before.buses().equals(after.buses())
        || !before.journal().equals(after.journal())
        || before.uplinks().size() != after.uplinks().size()) {
      return true;
    }
    for (int i = 0; i < after.uplinks().size(); i++) {
      UplinkStatus was = before.uplinks().get(i);
      UplinkStatus is = after.uplinks().get(i);
      if (!ageless(was).equals(ageless(is))
          || restarted(was.lastAcknowledgedAge(), is.lastAcknowledgedAge())) {
        return true;
      }
    }
    return false;
  }

  private static UplinkStatus ageless(UplinkStatus uplink) {
    return new UplinkStatus(
        uplink.id(), uplink.connected(), Optional.empty(), uplink.pending(), uplink.message());
  }

  private static boolean restarted(Optional<Duration> before, Optional<Duration> after) {
    return before.isPresent() != after.isPresent()
        || (before.isPresent() && after.get().compareTo(before.get()) < 0);
  }
}
