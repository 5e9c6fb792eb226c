package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.command.Command;
import io.polegate.api.command.CommandResult;
import io.polegate.api.config.BusSpec;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Access;
import io.polegate.api.live.DeviceStatus;
import io.polegate.api.time.PoleClock;
import io.polegate.testkit.Await;
import io.polegate.testkit.HandClock;
import io.polegate.testkit.HandPoleClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Documents that follow each other, on real threads. */
final class ApplyTest {
  private static final PointSpec LEVEL = Specs.point("level", Access.READ_WRITE, Optional.empty());
  private static final PointSpec OTHER = Specs.point("other", Access.READ, Optional.empty());
  private static final List<BusSpec> BUSES =
      List.of(bus("one", "p"), bus("two", "p"), bus("three", "q"));

  private final HandClock clock = new HandClock();
  private final QuietLine line = new QuietLine();
  private final PoleClock trust = new HandPoleClock(clock);
  private final Buses buses =
      new Buses(
          new BusBuilder(
              item -> {}, trust, new EventLog(item -> {}, trust), clock.monotonic(), () -> 0.5),
          clock.monotonic());
  private final List<CommandResult> results = new CopyOnWriteArrayList<>();

  ApplyTest() {
    buses.add(line);
  }

  private static BusSpec bus(String id, String port) {
    return Specs.bus(id, "quiet", Map.of("port", port));
  }

  private static DeviceSpec on(String bus, String unit, PointSpec... points) {
    return Specs.device(bus, unit, LineRig.POLL, points);
  }

  private void apply(List<BusSpec> lines, DeviceSpec... devices) {
    buses.apply(Specs.pole(lines, devices));
  }

  private EndpointThread threadOf(String device) {
    return buses.find(device).orElseThrow().thread();
  }

  private DeviceStatus status(String device) {
    return buses.deviceStatus().stream()
        .filter(status -> status.id().equals(device))
        .findFirst()
        .orElseThrow();
  }

  @AfterEach
  void stop() {
    buses.stop();
  }

  @Test
  void aChangedDeviceRestartsNothingAndItsDriverIsAskedOnItsThread() {
    apply(BUSES, on("one", "a", LEVEL), on("two", "b", LEVEL), on("three", "c", LEVEL));
    Await.until("all are read", () -> buses.deviceStatus().stream().allMatch(d -> d.polls() == 1));
    EndpointThread shared = threadOf("a");
    PolledDevice neighbour = buses.find("b").orElseThrow().device();
    line.events.clear();
    apply(BUSES, on("one", "a", LEVEL, OTHER), on("two", "b", LEVEL), on("three", "c", LEVEL));
    assertThat(threadOf("a")).isSameAs(shared);
    assertThat(buses.find("b").orElseThrow().device()).isSameAs(neighbour);
    assertThat(line.events).containsExactly("point on bus-one+two");
    Await.until("it is read", () -> status("a").points().get(1).reading().isPresent());
    assertThat(buses.busStatus()).allMatch(bus -> bus.openings() == 1);
  }

  @Test
  void aDriverThatRefusesAChangeIsAProblemOfItsBusAsAtTheStart() {
    apply(BUSES, on("one", "a", LEVEL), on("two", "b", LEVEL), on("three", "c", LEVEL));
    EndpointThread other = threadOf("c");
    PointSpec refused = Specs.point(QuietLine.REFUSED, Access.READ, Optional.empty());
    apply(BUSES, on("one", "a", refused), on("two", "b", LEVEL), on("three", "c", LEVEL));
    assertThat(buses.find("a")).isEmpty();
    assertThat(buses.busStatus().get(0).message()).isEqualTo("cannot be made: address is unknown");
    Await.until("its neighbour works", () -> status("b").polls() == 1);
    assertThat(threadOf("c")).isSameAs(other);

    EndpointThread two = threadOf("b");
    apply(BUSES, on("one", "a", refused), on("two", "b", OTHER), on("three", "c", LEVEL));
    assertThat(threadOf("b")).isSameAs(two);
    assertThat(buses.busStatus().get(0).message()).contains("address is unknown");

    apply(BUSES, on("one", "a", LEVEL), on("two", "b", OTHER), on("three", "c", LEVEL));
    Await.until("it works again", () -> status("a").polls() == 1);
    assertThat(threadOf("a")).isSameAs(threadOf("b"));
  }

  @Test
  void aBusWhoseDriverHangsIsStartedAnew() throws Exception {
    apply(BUSES, on("one", QuietLine.HANGING, LEVEL), on("three", "c", LEVEL));
    line.hangs.await();
    EndpointThread stuck = threadOf(QuietLine.HANGING);
    EndpointThread other = threadOf("c");
    apply(BUSES, on("one", QuietLine.HANGING, LEVEL, OTHER), on("three", "c", LEVEL));
    assertThat(threadOf(QuietLine.HANGING)).isNotSameAs(stuck);
    assertThat(threadOf("c")).isSameAs(other);
    Await.until("it is read", () -> status(QuietLine.HANGING).polls() == 1);
    assertThat(liveThreads()).isEqualTo(2);
  }

  private static long liveThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("bus-(one|two|three|one\\+two)"))
        .count();
  }

  @Test
  void aThousandDocumentsLoseNoDeviceNoThreadAndNoCommand() {
    Random random = new Random(4);
    List<BusSpec> lines = new ArrayList<>(BUSES);
    List<DeviceSpec> devices = new ArrayList<>();
    IntStream.range(0, 20).forEach(i -> devices.add(any(random, "d" + i)));
    int commands = 0;
    for (int round = 0; round < 1_000; round++) {
      Map<DeviceSpec, PolledDevice> before = inOperation();
      List<BusSpec> linesBefore = List.copyOf(lines);
      change(random, round, lines, devices);
      commands += command(random);
      apply(lines, devices.toArray(DeviceSpec[]::new));

      assertThat(buses.deviceStatus())
          .extracting(DeviceStatus::id)
          .isEqualTo(devices.stream().map(DeviceSpec::id).toList());
      assertThat(liveThreads()).isEqualTo(2);
      if (lines.equals(linesBefore)) {
        Map<DeviceSpec, PolledDevice> after = inOperation();
        before.keySet().retainAll(after.keySet());
        assertThat(after).containsAllEntriesOf(before);
      }
    }
    Await.until("all are read", () -> buses.deviceStatus().stream().allMatch(d -> d.polls() > 0));
    buses.stop();
    assertThat(liveThreads()).isZero();
    assertThat(results).extracting(CommandResult::id).doesNotHaveDuplicates().hasSize(commands);
  }

  private Map<DeviceSpec, PolledDevice> inOperation() {
    Map<DeviceSpec, PolledDevice> found = new HashMap<>();
    buses.deviceStatus().stream()
        .map(status -> buses.find(status.id()).orElseThrow().device())
        .forEach(device -> found.put(device.spec(), device));
    return found;
  }

  private static DeviceSpec any(Random random, String id) {
    String bus = BUSES.get(random.nextInt(BUSES.size())).id();
    return random.nextBoolean() ? on(bus, id, LEVEL) : on(bus, id, LEVEL, OTHER);
  }

  private static void change(
      Random random, int round, List<BusSpec> lines, List<DeviceSpec> devices) {
    for (int i = random.nextInt(3); i >= 0; i--) {
      int which = random.nextInt(devices.size());
      switch (random.nextInt(4)) {
        case 0 -> devices.add(which, any(random, "new" + round + "-" + i));
        case 1 -> devices.remove(devices.size() > 3 ? which : devices.size() - 1);
        default -> devices.set(which, any(random, devices.get(which).id()));
      }
      if (devices.isEmpty()) {
        devices.add(any(random, "first" + round));
      }
    }
    if (random.nextInt(10) == 0) {
      BusSpec old = lines.get(random.nextInt(lines.size()));
      Map<String, String> settings = new HashMap<>(old.settings().texts());
      settings.put("round", String.valueOf(round));
      lines.set(lines.indexOf(old), Specs.bus(old.id(), "quiet", settings));
    }
  }

  /** Gives a command that races with the change; how many were taken. */
  private int command(Random random) {
    List<DeviceStatus> there = buses.deviceStatus();
    if (there.isEmpty()) {
      return 0;
    }
    Buses.Place place = buses.find(there.get(random.nextInt(there.size())).id()).orElseThrow();
    PolledPoint point = place.device().point("level").orElseThrow();
    Value value = new Value.Real(1);
    Command command =
        new Command(
            "c" + results.size() + "-" + random.nextLong(),
            place.device().id(),
            "level",
            value,
            clock.instant(),
            new Command.Origin(Command.Origin.Kind.CLOUD, "city"));
    PendingCommand pending =
        new PendingCommand(
            command,
            place.device(),
            point,
            point.toRaw(value).orElseThrow(),
            clock.monotonic().getAsLong() + Duration.ofHours(1).toNanos(),
            trust,
            results::add);
    return place.thread().offer(pending) ? 1 : 0;
  }
}
