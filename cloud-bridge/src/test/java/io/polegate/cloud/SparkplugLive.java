package io.polegate.cloud;

import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.data.Reading;
import io.polegate.api.live.BusStatus;
import io.polegate.api.live.DeviceStatus;
import io.polegate.api.live.LiveView;
import io.polegate.api.live.PointStatus;
import io.polegate.api.live.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Devices that are what the test says. */
final class SparkplugLive implements LiveView {
  private final PoleSpec pole;
  private final Map<String, DeviceStatus.State> states = new ConcurrentHashMap<>();
  private final Map<String, Reading> readings = new ConcurrentHashMap<>();

  SparkplugLive(PoleSpec pole) {
    this.pole = pole;
  }

  /** From now on the device is online, or is not. */
  void state(String device, DeviceStatus.State state) {
    states.put(device, state);
  }

  /** The last that a point said. */
  void say(String device, String point, Reading reading) {
    readings.put(device + "/" + point, reading);
  }

  @Override
  public Optional<PoleSpec> pole() {
    return Optional.of(pole);
  }

  @Override
  public List<BusStatus> buses() {
    return List.of();
  }

  @Override
  public List<DeviceStatus> devices() {
    return pole.devices().stream().map(this::status).toList();
  }

  private DeviceStatus status(DeviceSpec device) {
    return new DeviceStatus(
        device.id(),
        device.names(),
        device.bus(),
        device.poll(),
        states.getOrDefault(device.id(), DeviceStatus.State.UNKNOWN),
        Optional.empty(),
        0,
        "",
        Traffic.NONE,
        0,
        0,
        device.points().stream()
            .map(
                point ->
                    new PointStatus(
                        point,
                        Optional.ofNullable(readings.get(device.id() + "/" + point.id())),
                        Optional.of(Duration.ZERO)))
            .toList());
  }
}
