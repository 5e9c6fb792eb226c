package io.polegate.core;

import io.polegate.api.config.PoleSpec;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Endpoint;
import io.polegate.api.live.BusStatus;
import io.polegate.api.live.DeviceStatus;
import io.polegate.api.settings.Settings;
import io.polegate.core.Operation.Running;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The buses in operation, kept in step with the document and with the drivers that are installed:
 * what did not change goes on undisturbed, but for the neighbours at one endpoint of a bus that is
 * new, goes, or has other settings. Thread-safe; changes are made under one lock, looks go past it.
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
    List<Running> gone = new ArrayList<>(operation.running());
    List<Changing> changing = new ArrayList<>();
    List<EndpointPlan.Group> fresh = new ArrayList<>();
    for (EndpointPlan.Group group : plan.groups()) {
      Optional<Running> there = gone.stream().filter(each -> each.canBecome(group)).findFirst();
      there.ifPresent(gone::remove);
      if (there.isEmpty()) {
        fresh.add(group);
      } else if (group.isSameAs(there.get().group())) {
        next.add(there.get());
      } else {
        changing.add(change(there.get(), group));
      }
    }
    gone.forEach(each -> each.thread().askToStop());
    for (Changing each : changing) {
      Optional<Running> made = each.running().thread().made(each.task(), each.begunNanos());
      made.ifPresent(next::add);
      if (made.isEmpty()) {
        each.running().thread().askToStop();
        gone.add(each.running());
        fresh.add(each.group());
      }
    }
    gone.forEach(each -> each.thread().awaitStopped());
    Map<String, String> problems = new HashMap<>(plan.problems());
    next.forEach(kept -> problems.putAll(kept.problems()));
    fresh.forEach(group -> start(group, problems).ifPresent(next::add));
    operation = Operation.of(spec, next, problems);
  }

  /** A change of devices that the thread of their buses makes. */
  private record Changing(
      Running running, EndpointPlan.Group group, FutureTask<Running> task, long begunNanos) {}

  private Changing change(Running running, EndpointPlan.Group group) {
    FutureTask<Running> task = running.thread().begin(() -> changed(running, group));
    return new Changing(running, group, task, System.nanoTime());
  }

  /** On the thread of the buses; all is made before the first is changed. */
  private Running changed(Running running, EndpointPlan.Group group)
      throws BusBuilder.CannotBuildException {
    Map<BusLine, Lineup> lineups = new LinkedHashMap<>();
    for (EndpointPlan.Member bus : group.changedSince(running.group())) {
      BusLine line = running.line(bus.spec().id());
      lineups.put(line, builder.change(line, bus.devices()));
    }
    lineups.forEach(running.thread().work()::change);
    return new Running(group, running.thread(), running.problems());
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

  /** An empty trace, of which a scan shows nothing. */
  BusTrace trace() {
    return builder.trace();
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
    return operation.at(endpoint);
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
    return operation.busStatus();
  }

  /** How each device in operation is doing, in document order. */
  List<DeviceStatus> deviceStatus() {
    return operation.deviceStatus(nanos.getAsLong());
  }
}
