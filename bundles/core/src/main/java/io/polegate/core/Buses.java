package io.polegate.core;

import io.polegate.api.config.BusSpec;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.live.BusStatus;
import io.polegate.api.live.DeviceStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The buses in operation, kept in step with the document and with the drivers that are installed:
 * what did not change goes on undisturbed. Thread-safe; changes are made under one lock, looks go
 * past it.
 */
final class Buses {
  private final BusBuilder builder;
  private final LongSupplier nanos;
  private final Map<String, DriverFactory> factories = new HashMap<>();
  private final Object changes = new Object();
  private volatile @Nullable PoleSpec wanted;
  private volatile Map<String, Running> running = Map.of();

  /** A device and the thread of its bus. */
  record Place(BusThread thread, PolledDevice device) {}

  private record Running(
      BusSpec spec, List<DeviceSpec> devices, DriverFactory factory, BusThread thread) {
    boolean is(
        BusSpec otherSpec, List<DeviceSpec> otherDevices, @Nullable DriverFactory otherFactory) {
      return spec.equals(otherSpec) && devices.equals(otherDevices) && factory == otherFactory;
    }
  }

  Buses(BusBuilder builder, LongSupplier nanos) {
    this.builder = builder;
    this.nanos = nanos;
  }

  /** A driver plugin came. */
  void add(DriverFactory factory) {
    synchronized (changes) {
      factories.put(factory.name(), factory);
      reconcile();
    }
  }

  /** A driver plugin goes; its buses are stopped before this returns. */
  void remove(DriverFactory factory) {
    synchronized (changes) {
      factories.remove(factory.name(), factory);
      reconcile();
    }
  }

  /** Brings a document into force. */
  void apply(PoleSpec spec) {
    synchronized (changes) {
      wanted = spec;
      reconcile();
    }
  }

  /** Stops everything. */
  void stop() {
    synchronized (changes) {
      running.values().forEach(bus -> bus.thread().stop());
      running = Map.of();
      wanted = null;
    }
  }

  private void reconcile() {
    PoleSpec spec = wanted;
    if (spec == null) {
      return;
    }
    Map<String, Running> kept = new LinkedHashMap<>();
    running.forEach(
        (id, bus) -> {
          if (stays(bus, spec)) {
            kept.put(id, bus);
          } else {
            bus.thread().stop();
          }
        });
    Map<String, Running> next = new LinkedHashMap<>();
    for (BusSpec bus : spec.buses()) {
      Running there = kept.get(bus.id());
      Optional<Running> made =
          there != null ? Optional.of(there) : start(bus, devicesOn(bus, spec));
      made.ifPresent(started -> next.put(bus.id(), started));
    }
    running = next;
  }

  private boolean stays(Running bus, PoleSpec spec) {
    return spec.buses().stream()
        .anyMatch(
            wantedBus ->
                bus.is(wantedBus, devicesOn(wantedBus, spec), factories.get(wantedBus.driver())));
  }

  private Optional<Running> start(BusSpec bus, List<DeviceSpec> devices) {
    DriverFactory factory = factories.get(bus.driver());
    if (factory == null) {
      return Optional.empty(); // a plugin that is not there yet: add() comes back here
    }
    return builder
        .build(bus, devices, factory)
        .map(line -> new Running(bus, devices, factory, BusThread.start(bus.id(), line)));
  }

  private static List<DeviceSpec> devicesOn(BusSpec bus, PoleSpec spec) {
    return spec.devices().stream().filter(device -> device.bus().equals(bus.id())).toList();
  }

  /** The document in force. */
  Optional<PoleSpec> pole() {
    return Optional.ofNullable(wanted);
  }

  /** Where a device is. */
  Optional<Place> find(String deviceId) {
    for (Running bus : running.values()) {
      for (PolledDevice device : bus.thread().line().devices()) {
        if (device.id().equals(deviceId)) {
          return Optional.of(new Place(bus.thread(), device));
        }
      }
    }
    return Optional.empty();
  }

  /** How each configured bus is doing, in document order. */
  List<BusStatus> busStatus() {
    Map<String, Running> now = running;
    List<BusStatus> statuses = new ArrayList<>();
    for (BusSpec bus : pole().map(PoleSpec::buses).orElse(List.of())) {
      Running there = now.get(bus.id());
      statuses.add(
          there != null
              ? there.thread().line().status()
              : new BusStatus(bus.id(), bus.driver(), false, "driver is not installed", 0));
    }
    return statuses;
  }

  /** How each device in operation is doing, in document order. */
  List<DeviceStatus> deviceStatus() {
    long now = nanos.getAsLong();
    return pole().map(PoleSpec::devices).orElse(List.of()).stream()
        .flatMap(device -> find(device.id()).stream())
        .map(place -> place.device().status(now))
        .toList();
  }
}
