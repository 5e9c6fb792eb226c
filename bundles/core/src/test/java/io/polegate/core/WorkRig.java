package io.polegate.core;

import io.polegate.api.command.Command;
import io.polegate.api.command.Command.Origin;
import io.polegate.api.command.CommandResult;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.data.Reading;
import io.polegate.api.data.Value;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.live.DeviceStatus;
import io.polegate.api.time.PoleClock;
import io.polegate.testkit.HandClock;
import io.polegate.testkit.HandPoleClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Several buses at one endpoint, run by hand: the tests are its thread. */
final class WorkRig {
  final HandClock clock;
  final List<JournalItem> journal = new ArrayList<>();
  final List<CommandResult> results = new ArrayList<>();
  final PoleClock trust;
  private final List<BusLine> lines = new ArrayList<>();
  private final BusBuilder builder;
  private EndpointWork work;

  WorkRig(HandClock clock) {
    this.clock = clock;
    this.trust = new HandPoleClock(clock);
    EventLog events = new EventLog(journal::add, trust);
    this.builder = new BusBuilder(journal::add, trust, events, clock.monotonic(), () -> 0.5);
    this.work = new EndpointWork(List.of(), clock.monotonic());
  }

  /** Adds a bus. */
  WorkRig with(String bus, DriverFactory factory, DeviceSpec... devices) {
    try {
      lines.add(
          builder.build(
              Specs.bus(bus, factory.name(), Map.of("port", bus)), List.of(devices), factory));
    } catch (BusBuilder.CannotBuildException e) {
      throw new AssertionError(e);
    }
    work = new EndpointWork(lines, clock.monotonic());
    return this;
  }

  /** Gives a bus other devices, as a new document does. */
  void change(String bus, DeviceSpec... devices) {
    try {
      work.change(line(bus), builder.change(line(bus), List.of(devices)));
    } catch (BusBuilder.CannotBuildException e) {
      throw new AssertionError(e);
    }
  }

  EndpointWork work() {
    return work;
  }

  BusLine line(String bus) {
    return lines.stream().filter(line -> line.id().equals(bus)).findFirst().orElseThrow();
  }

  /** Lets it work until this much time has passed. */
  void runFor(Duration time) {
    long end = now() + time.toNanos();
    while (now() < end) {
      long wait = work.step();
      clock.advance(Duration.ofNanos(Math.max(0, Math.min(wait, end - now()))));
    }
  }

  long now() {
    return clock.monotonic().getAsLong();
  }

  PolledDevice device(String id) {
    return lines.stream()
        .flatMap(line -> line.devices().stream())
        .filter(device -> device.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  DeviceStatus status(String device) {
    return device(device).status(now());
  }

  /** Queues a command for the level of a device. */
  boolean command(String id, String device) {
    return command(id, device(device));
  }

  /** As above, for one that may be out of operation by now. */
  boolean command(String id, PolledDevice target) {
    return command(id, target, "level", new Value.Real(1));
  }

  /** Queues a command. */
  boolean command(String id, String device, String pointId, Value value) {
    return command(id, device(device), pointId, value);
  }

  private boolean command(String id, PolledDevice target, String pointId, Value value) {
    Origin origin = new Origin(Origin.Kind.CLOUD, "city");
    Command command = new Command(id, target.id(), pointId, value, clock.instant(), origin);
    PolledPoint point = target.point(pointId).orElseThrow();
    return work.commands()
        .offer(
            new PendingCommand(
                command,
                target,
                point,
                point.toRaw(value).orElseThrow(),
                now() + Duration.ofHours(1).toNanos(),
                trust,
                results::add));
  }

  /**
   * Types of the journalled events, but for those about buses that open and devices that answer.
   */
  List<String> events() {
    return journalled(JournalItem.Event.class).stream()
        .map(JournalItem.Event::type)
        .filter(type -> !List.of("bus-open", "device-online").contains(type))
        .toList();
  }

  /** Journalled events of this type. */
  List<JournalItem.Event> events(String type) {
    return journalled(JournalItem.Event.class).stream()
        .filter(event -> event.type().equals(type))
        .toList();
  }

  <T extends JournalItem> List<T> journalled(Class<T> kind) {
    return journal.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Good values of a point that were journalled, in order. */
  List<Value> values(String point) {
    return journalled(JournalItem.PointReading.class).stream()
        .filter(item -> item.point().equals(point))
        .map(JournalItem.PointReading::reading)
        .filter(Reading.Good.class::isInstance)
        .map(reading -> ((Reading.Good) reading).value())
        .toList();
  }
}
