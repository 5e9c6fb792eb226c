package io.polegate.core;

import io.polegate.api.config.BusSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Endpoint;
import io.polegate.api.live.BusStatus;
import io.polegate.api.live.DeviceStatus;
import io.polegate.core.Buses.BusPlace;
import io.polegate.core.Buses.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is in force; replaced as a whole, so that nobody sees one document and the buses of another.
 *
 * @param buses by id
 * @param places by id of the device
 * @param problems why a bus is not in operation, by id
 */
record Operation(
    Optional<PoleSpec> pole,
    List<Running> running,
    Map<String, BusPlace> buses,
    Map<String, Place> places,
    Map<String, String> problems) {
  static final Operation NONE =
      new Operation(Optional.empty(), List.of(), Map.of(), Map.of(), Map.of());

  /**
   * Buses that one thread works.
   *
   * @param problems why one of them is not among them, by id
   */
  record Running(EndpointPlan.Group group, EndpointThread thread, Map<String, String> problems) {

    /** Whether these buses can become those without one that starts or stops. */
    boolean canBecome(EndpointPlan.Group next) {
      return next.hasSameBusesAs(group)
          && next.changedSince(group).stream()
              .noneMatch(member -> problems.containsKey(member.spec().id()));
    }

    /** The bus with this id. */
    BusLine line(String id) {
      return thread.work().lines().stream()
          .filter(line -> line.id().equals(id))
          .findFirst()
          .orElseThrow();
    }
  }

  static Operation of(PoleSpec pole, List<Running> running, Map<String, String> problems) {
    Map<String, BusPlace> buses = new HashMap<>();
    Map<String, Place> places = new HashMap<>();
    Map<String, DriverFactory> made = new HashMap<>();
    for (Running each : running) {
      each.group().members().forEach(bus -> made.put(bus.spec().id(), bus.factory()));
      for (BusLine line : each.thread().work().lines()) {
        DriverFactory factory = Objects.requireNonNull(made.get(line.id()));
        buses.put(line.id(), new BusPlace(each.thread(), line, factory));
        line.devices().forEach(d -> places.put(d.id(), new Place(each.thread(), d)));
      }
    }
    return new Operation(Optional.of(pole), List.copyOf(running), buses, places, problems);
  }

  /** The thread that works an endpoint, if a bus in operation is there. */
  Optional<EndpointThread> at(Endpoint endpoint) {
    return running.stream()
        .filter(there -> there.group().isAt(endpoint))
        .map(Running::thread)
        .findFirst();
  }

  /** How each configured bus is doing, in document order. */
  List<BusStatus> busStatus() {
    List<BusStatus> statuses = new ArrayList<>();
    for (BusSpec bus : pole.map(PoleSpec::buses).orElse(List.of())) {
      BusPlace there = buses.get(bus.id());
      String problem = problems.getOrDefault(bus.id(), "");
      statuses.add(
          there != null
              ? there.thread().work().status(there.line())
              : new BusStatus(bus.id(), bus.driver(), false, problem, 0, 0, false, 0));
    }
    return statuses;
  }

  /** How each device in operation is doing, in document order. */
  List<DeviceStatus> deviceStatus(long nowNanos) {
    return pole.map(PoleSpec::devices).orElse(List.of()).stream()
        .map(device -> places.get(device.id()))
        .filter(Objects::nonNull)
        .map(place -> place.device().status(nowNanos))
        .toList();
  }
}
