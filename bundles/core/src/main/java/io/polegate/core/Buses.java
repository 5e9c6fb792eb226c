package io.polegate.core;

import io.polegate.api.config.BusSpec;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.live.BusStatus;
import io.polegate.api.live.DeviceStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The buses in operation, kept in step with the document and with the drivers that are installed:
 * what did not change goes on undisturbed. Thread-safe; changes are made under one lock, looks go
 * past it.
 */
final class Buses {
  private static final Logger LOG = LoggerFactory.getLogger(Buses.class);

  private final BusBuilder builder;
  private final LongSupplier nanos;
  private final Factories factories = new Factories();
  private final Object changes = new Object();
  private volatile Operation operation = Operation.NONE;

  /** A device and the thread of its bus. */
  record Place(BusThread thread, PolledDevice device) {}

  private record Running(
      BusSpec spec, List<DeviceSpec> devices, DriverFactory factory, BusThread thread) {
    boolean is(
        BusSpec otherSpec, List<DeviceSpec> otherDevices, @Nullable DriverFactory otherFactory) {
      return spec.equals(otherSpec) && devices.equals(otherDevices) && factory == otherFactory;
    }
  }

  /**
   * What is in force; replaced as a whole, so that nobody sees one document and the buses of
   * another.
   *
   * @param buses by id
   * @param places by id of the device
   * @param problems why a bus is not in operation, by id
   */
  private record Operation(
      Optional<PoleSpec> pole,
      Map<String, Running> buses,
      Map<String, Place> places,
      Map<String, String> problems) {
    static final Operation NONE = new Operation(Optional.empty(), Map.of(), Map.of(), Map.of());

    static Operation of(PoleSpec pole, Map<String, Running> buses, Map<String, String> problems) {
      Map<String, Place> places = new HashMap<>();
      for (Running bus : buses.values()) {
        for (PolledDevice device : bus.thread().line().devices()) {
          places.put(device.id(), new Place(bus.thread(), device));
        }
      }
      return new Operation(Optional.of(pole), buses, places, problems);
    }
  }

  Buses(BusBuilder builder, LongSupplier nanos) {
    this.builder = builder;
    this.nanos = nanos;
  }

  /** A driver plugin came. */
  void add(DriverFactory factory) {
    synchronized (changes) {
      factories.add(factory);
      operation.pole().ifPresent(this::reconcile);
    }
  }

  /** A driver plugin goes; its buses are stopped before this returns. */
  void remove(DriverFactory factory) {
    synchronized (changes) {
      factories.remove(factory);
      operation.pole().ifPresent(this::reconcile);
    }
  }

  /** Brings a document into force. */
  void apply(PoleSpec spec) {
    synchronized (changes) {
      reconcile(spec);
    }
  }

  /** Stops everything. */
  void stop() {
    synchronized (changes) {
      operation.buses().values().forEach(bus -> bus.thread().stop());
      operation = Operation.NONE;
    }
  }

  private void reconcile(PoleSpec spec) {
    Map<String, Running> kept = new HashMap<>();
    operation
        .buses()
        .forEach(
            (id, bus) -> {
              if (stays(bus, spec)) {
                kept.put(id, bus);
              } else {
                bus.thread().stop();
              }
            });
    Map<String, Running> next = new HashMap<>();
    Map<String, String> problems = new HashMap<>();
    for (BusSpec bus : spec.buses()) {
      Running there = kept.get(bus.id());
      if (there != null) {
        next.put(bus.id(), there);
      } else {
        start(bus, devicesOn(bus, spec), next, problems);
      }
    }
    operation = Operation.of(spec, next, problems);
  }

  private boolean stays(Running bus, PoleSpec spec) {
    return spec.buses().stream()
        .anyMatch(
            wantedBus ->
                bus.is(wantedBus, devicesOn(wantedBus, spec), factories.find(wantedBus.driver())));
  }

  private void start(
      BusSpec bus,
      List<DeviceSpec> devices,
      Map<String, Running> started,
      Map<String, String> problems) {
    if (bus.problem().isPresent()) {
      problems.put(bus.id(), bus.problem().get());
      return;
    }
    DriverFactory factory = factories.find(bus.driver());
    if (factory == null) {
      // a plugin that is not there yet: add() comes back here
      problems.put(bus.id(), "driver is not installed");
      return;
    }
    try {
      BusLine line = builder.build(bus, devices, factory);
      BusThread thread = BusThread.start(bus.id(), line);
      started.put(bus.id(), new Running(bus, devices, factory, thread));
    } catch (BusBuilder.CannotBuildException e) {
      LOG.error("bus \"{}\" cannot be made", bus.id(), e);
      problems.put(bus.id(), "cannot be made: " + Errors.inWords(e));
    }
  }

  private static List<DeviceSpec> devicesOn(BusSpec bus, PoleSpec spec) {
    return spec.devices().stream().filter(device -> device.bus().equals(bus.id())).toList();
  }

  /** The document in force. */
  Optional<PoleSpec> pole() {
    return operation.pole();
  }

  /** Where a device is. */
  Optional<Place> find(String deviceId) {
    return Optional.ofNullable(operation.places().get(deviceId));
  }

  /** How each configured bus is doing, in document order. */
  List<BusStatus> busStatus() {
    Operation now = operation;
    List<BusStatus> statuses = new ArrayList<>();
    for (BusSpec bus : now.pole().map(PoleSpec::buses).orElse(List.of())) {
      Running there = now.buses().get(bus.id());
      statuses.add(
          there != null
              ? there.thread().line().status()
              : new BusStatus(
                  bus.id(),
                  bus.driver(),
                  false,
                  now.problems().getOrDefault(bus.id(), ""),
                  0,
                  0,
                  false));
    }
    return statuses;
  }

  /** How each device in operation is doing, in document order. */
  List<DeviceStatus> deviceStatus() {
    Operation now = operation;
    long nowNanos = nanos.getAsLong();
    return now.pole().map(PoleSpec::devices).orElse(List.of()).stream()
        .map(device -> now.places().get(device.id()))
        .filter(Objects::nonNull)
        .map(place -> place.device().status(nowNanos))
        .toList();
  }
}
