package io.polegate.core;

import io.polegate.api.config.BusSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Endpoint;
import io.polegate.api.live.BusStatus;
import io.polegate.api.live.DeviceStatus;
import io.polegate.api.settings.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The buses in operation, kept in step with the document and with the drivers that are installed:
 * what did not change goes on undisturbed, but for the neighbours of a change at one endpoint.
 * Thread-safe; changes are made under one lock, looks go past it.
 */
final class Buses {
  private static final Logger LOG = LoggerFactory.getLogger(Buses.class);

  private final BusBuilder builder;
  private final LongSupplier nanos;
  private final Factories factories = new Factories();
  private final Object changes = new Object();
  private volatile Operation operation = Operation.NONE;

  /** A device and the thread of its bus. */
  record Place(EndpointThread thread, PolledDevice device) {}

  /** A bus, the thread of its endpoint, and where its driver comes from. */
  record BusPlace(EndpointThread thread, BusLine line, DriverFactory factory) {}

  /**
   * Buses that one thread works.
   *
   * @param problems why one of them is not among them, by id
   */
  private record Running(
      EndpointPlan.Group group, EndpointThread thread, Map<String, String> problems) {}

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
      List<Running> running,
      Map<String, BusPlace> buses,
      Map<String, Place> places,
      Map<String, String> problems) {
    static final Operation NONE =
        new Operation(Optional.empty(), List.of(), Map.of(), Map.of(), Map.of());

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
      return new Operation(Optional.of(pole), running, buses, places, problems);
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
      stop(operation.running());
      operation = Operation.NONE;
    }
  }

  /** All of them at once, so that the longest stop counts and not their sum. */
  private static void stop(List<Running> running) {
    running.forEach(each -> each.thread().askToStop());
    running.forEach(each -> each.thread().awaitStopped());
  }

  private void reconcile(PoleSpec spec) {
    EndpointPlan plan = EndpointPlan.of(spec, factories);
    List<Running> next = new ArrayList<>();
    List<EndpointPlan.Group> fresh = new ArrayList<>();
    for (EndpointPlan.Group group : plan.groups()) {
      operation.running().stream()
          .filter(there -> there.group().isSameAs(group))
          .findFirst()
          .ifPresentOrElse(next::add, () -> fresh.add(group));
    }
    stop(operation.running().stream().filter(there -> !next.contains(there)).toList());
    Map<String, String> problems = new HashMap<>(plan.problems());
    next.forEach(kept -> problems.putAll(kept.problems()));
    fresh.forEach(group -> start(group, problems).ifPresent(next::add));
    operation = Operation.of(spec, List.copyOf(next), problems);
  }

  private Optional<Running> start(EndpointPlan.Group group, Map<String, String> problems) {
    List<BusLine> lines = new ArrayList<>();
    Map<String, String> troubles = new HashMap<>();
    for (EndpointPlan.Member bus : group.members()) {
      try {
        lines.add(builder.build(bus.spec(), bus.devices(), bus.factory()));
      } catch (BusBuilder.CannotBuildException e) {
        LOG.error("bus \"{}\" cannot be made", bus.spec().id(), e);
        troubles.put(bus.spec().id(), "cannot be made: " + Errors.inWords(e));
      }
    }
    problems.putAll(troubles);
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    EndpointThread thread = EndpointThread.start(new EndpointWork(lines, nanos));
    return Optional.of(new Running(group, thread, troubles));
  }

  /** The document in force. */
  Optional<PoleSpec> pole() {
    return operation.pole();
  }

  /** The driver with this name, if it is installed. */
  Optional<DriverFactory> driver(String name) {
    return factories.find(name);
  }

  /** Names of the drivers that are installed. */
  List<String> drivers() {
    return factories.names();
  }

  /** Where a device is. */
  Optional<Place> find(String deviceId) {
    return Optional.ofNullable(operation.places().get(deviceId));
  }

  /** A bus in operation. */
  Optional<BusPlace> bus(String id) {
    return Optional.ofNullable(operation.buses().get(id));
  }

  /** Ids of the buses in operation. */
  List<String> ids() {
    return operation.buses().keySet().stream().sorted().toList();
  }

  /** The thread that works an endpoint, if a bus in operation is there. */
  Optional<EndpointThread> at(Endpoint endpoint) {
    return operation.running().stream()
        .filter(there -> there.group().isAt(endpoint))
        .map(Running::thread)
        .findFirst();
  }

  /**
   * A bus in operation through whose driver an endpoint can be asked: one that has it for itself,
   * or that has the same settings.
   */
  Optional<BusPlace> host(Endpoint endpoint, DriverFactory factory, Settings bus) {
    return operation.buses().values().stream()
        .filter(place -> place.factory() == factory)
        .filter(place -> at(endpoint).filter(thread -> thread == place.thread()).isPresent())
        .filter(
            place ->
                !endpoint.shared()
                    || factory.busSettings().equivalent(bus, place.line().spec().settings()))
        .findFirst();
  }

  /** How each configured bus is doing, in document order. */
  List<BusStatus> busStatus() {
    Operation now = operation;
    List<BusStatus> statuses = new ArrayList<>();
    for (BusSpec bus : now.pole().map(PoleSpec::buses).orElse(List.of())) {
      BusPlace there = now.buses().get(bus.id());
      String problem = now.problems().getOrDefault(bus.id(), "");
      statuses.add(
          there != null
              ? there.thread().work().status(there.line())
              : new BusStatus(bus.id(), bus.driver(), false, problem, 0, 0, false));
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
