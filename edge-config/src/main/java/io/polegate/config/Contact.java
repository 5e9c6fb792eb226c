package io.polegate.config;

import io.polegate.api.live.DeviceStatus;
import io.polegate.api.live.LiveView;
import io.polegate.api.live.UplinkStatus;
import io.polegate.api.live.UplinkView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** What the pole reaches at this moment; views may come and go. Thread-safe. */
final class Contact {
  private final List<UplinkView> uplinks = new CopyOnWriteArrayList<>();
  private volatile Optional<LiveView> devices = Optional.empty();

  void add(UplinkView view) {
    uplinks.add(view);
  }

  void remove(UplinkView view) {
    uplinks.remove(view);
  }

  void set(LiveView view) {
    devices = Optional.of(view);
  }

  void unset(LiveView view) {
    devices = devices.filter(set -> set != view);
  }

  List<UplinkStatus> uplinks() {
    return uplinks.stream().flatMap(view -> view.uplinks().stream()).toList();
  }

  /** Ids of the connections that the platform answers on. */
  Set<String> connected() {
    return uplinks().stream()
        .filter(UplinkStatus::connected)
        .map(UplinkStatus::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Ids of the devices in this state. */
  Set<String> devices(DeviceStatus.State state) {
    return devices.map(LiveView::devices).orElse(List.of()).stream()
        .filter(device -> device.state() == state)
        .map(DeviceStatus::id)
        .collect(Collectors.toUnmodifiableSet());
  }
}
