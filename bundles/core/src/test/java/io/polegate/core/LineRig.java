package io.polegate.core;

import io.polegate.api.command.Command;
import io.polegate.api.command.Command.Origin;
import io.polegate.api.command.CommandResult;
import io.polegate.api.config.BusSpec;
import io.polegate.api.config.Coding;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.config.PointSpec.Limits;
import io.polegate.api.config.PointSpec.ReportSpec;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Access;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.live.BusStatus;
import io.polegate.api.live.DeviceStatus;
import io.polegate.api.settings.Settings;
import io.polegate.api.time.PoleClock;
import io.polegate.testkit.HandClock;
import io.polegate.testkit.HandPoleClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A bus line on a fake line, run by hand: the tests are its thread. */
final class LineRig {
  static final Duration POLL = Duration.ofSeconds(2);

  final HandClock clock = new HandClock();
  final FakeLine fake = new FakeLine(clock);
  final List<JournalItem> journal = new ArrayList<>();
  final List<CommandResult> results = new ArrayList<>();
  final PoleClock trust = new HandPoleClock(clock);
  final BusLine line;
  final EndpointWork work;

  LineRig(String... units) {
    List<DeviceSpec> devices = new ArrayList<>();
    for (String unit : units) {
      devices.add(device(unit));
      fake.registers.put(unit + "/level", new Value.Int(500));
    }
    BusBuilder builder =
        new BusBuilder(
            journal::add, trust, new EventLog(journal::add, trust), clock.monotonic(), () -> 0.5);
    line = built(builder, devices);
    work = new EndpointWork(List.of(line), clock.monotonic());
  }

  private BusLine built(BusBuilder builder, List<DeviceSpec> devices) {
    try {
      return builder.build(bus("line"), devices, fake);
    } catch (BusBuilder.CannotBuildException e) {
      throw new AssertionError(e);
    }
  }

  static BusSpec bus(String id) {
    return new BusSpec(id, "fake", Duration.ofSeconds(60), Settings.NONE);
  }

  static DeviceSpec device(String unit) {
    PointSpec level =
        new PointSpec(
            "level",
            Map.of(),
            new Settings(Map.of("address", "level")),
            Coding.linear(0.1, 0),
            "%",
            Access.READ_WRITE,
            new Limits(OptionalDouble.of(0), OptionalDouble.of(100)),
            ReportSpec.ALWAYS,
            Optional.empty());
    return new DeviceSpec(
        unit, Map.of(), "line", POLL, new Settings(Map.of("unit", unit)), List.of(level));
  }

  /** Lets the line work until this much time has passed. */
  void runFor(Duration time) {
    long end = clock.monotonic().getAsLong() + time.toNanos();
    while (clock.monotonic().getAsLong() < end) {
      long wait = work.step();
      long left = end - clock.monotonic().getAsLong();
      clock.advance(Duration.ofNanos(Math.max(0, Math.min(wait, left))));
    }
  }

  /** Queues a command for a unit's level. */
  boolean command(String id, String unit, double level, Duration timeLeft) {
    PolledDevice device = device(line, unit);
    PolledPoint point = device.point("level").orElseThrow();
    Value value = new Value.Real(level);
    Command command =
        new Command(
            id,
            unit,
            "level",
            value,
            clock.instant().plus(timeLeft),
            new Origin(Origin.Kind.CLOUD, "city"));
    return work.commands()
        .offer(
            new PendingCommand(
                command,
                device,
                point,
                point.toRaw(value).orElseThrow(),
                clock.monotonic().getAsLong() + timeLeft.toNanos(),
                trust,
                results::add));
  }

  BusStatus busStatus() {
    return work.status(line);
  }

  DeviceStatus status(String unit) {
    return device(line, unit).status(clock.monotonic().getAsLong());
  }

  /** Types of the journalled events about the bus itself. */
  List<String> busEvents() {
    return journal.stream()
        .filter(JournalItem.Event.class::isInstance)
        .map(item -> ((JournalItem.Event) item).type())
        .filter(type -> type.startsWith("bus-"))
        .toList();
  }

  /** Types of the journalled events about this device. */
  List<String> events(String unit) {
    return journal.stream()
        .filter(JournalItem.Event.class::isInstance)
        .map(JournalItem.Event.class::cast)
        .filter(event -> new Value.Text(unit).equals(event.attributes().get("device")))
        .map(JournalItem.Event::type)
        .toList();
  }

  private static PolledDevice device(BusLine line, String unit) {
    return line.devices().stream().filter(d -> d.id().equals(unit)).findFirst().orElseThrow();
  }
}
