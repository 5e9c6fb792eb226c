package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.BusSpec;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Access;
import io.polegate.api.live.BusStatus;
import io.polegate.api.settings.Settings;
import io.polegate.api.time.PoleClock;
import io.polegate.testkit.Await;
import io.polegate.testkit.HandClock;
import io.polegate.testkit.HandPoleClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BusesTest {
  private final HandClock clock = new HandClock();
  private final FakeLine driver = new FakeLine(clock);
  private final PoleClock trust = new HandPoleClock(clock);
  private final Buses buses =
      new Buses(
          new BusBuilder(
              item -> {}, trust, new EventLog(item -> {}, trust), clock.monotonic(), () -> 0.5),
          clock.monotonic());

  private static PoleSpec pole(List<BusSpec> lines, DeviceSpec... devices) {
    return Specs.pole(lines, devices);
  }

  private static DeviceSpec on(String bus, String unit) {
    DeviceSpec device = LineRig.device(unit);
    return new DeviceSpec(unit, Map.of(), bus, device.poll(), device.settings(), device.points());
  }

  private EndpointThread threadOf(String device) {
    return buses.find(device).orElseThrow().thread();
  }

  @AfterEach
  void stop() {
    buses.stop();
  }

  @Test
  void busThatDidNotChangeGoesOnUndisturbed() {
    buses.add(driver);
    List<BusSpec> both = List.of(LineRig.bus("one"), LineRig.bus("two"));
    buses.apply(pole(both, on("one", "a"), on("two", "b")));
    EndpointThread one = threadOf("a");
    EndpointThread two = threadOf("b");
    BusSpec changed =
        new BusSpec("two", "fake", Duration.ofSeconds(5), new Settings(Map.of("port", "x")));
    buses.apply(pole(List.of(LineRig.bus("one"), changed), on("one", "a"), on("two", "b")));
    assertThat(threadOf("a")).isSameAs(one);
    assertThat(threadOf("b")).isNotSameAs(two);
  }

  @Test
  void busThatIsNoLongerInTheDocumentIsStopped() {
    buses.add(driver);
    buses.apply(pole(List.of(LineRig.bus("one")), on("one", "a")));
    buses.apply(pole(List.of()));
    assertThat(buses.find("a")).isEmpty();
    assertThat(liveBusThreads()).isZero();
  }

  @Test
  void busWaitsForADriverThatIsInstalledLaterAndStopsWhenItGoes() {
    buses.apply(pole(List.of(LineRig.bus("one")), on("one", "a")));
    assertThat(buses.busStatus().get(0).message()).isEqualTo("driver is not installed");
    driver.registers.put("a/level", new Value.Int(1));
    buses.add(driver);
    assertThat(buses.find("a")).isPresent();
    buses.remove(driver);
    assertThat(buses.find("a")).isEmpty();
    assertThat(buses.busStatus().get(0).message()).isEqualTo("driver is not installed");
  }

  @Test
  void hundredChangesLeaveNoThread() {
    buses.add(driver);
    for (int i = 0; i < 100; i++) {
      BusSpec bus =
          new BusSpec("one", "fake", Duration.ofSeconds(5), new Settings(Map.of("n", "" + i)));
      buses.apply(pole(List.of(bus), on("one", "a")));
    }
    assertThat(liveBusThreads()).isEqualTo(1);
  }

  private static BusSpec line(String id, String port, String baud) {
    return Specs.bus(id, "capable", Map.of("port", port, "baud", baud));
  }

  @Test
  void busesAtOneEndpointAreWorkedByOneThread() {
    buses.add(new CapableLine(clock));
    buses.apply(
        pole(
            List.of(
                line("one", "p", "9600"), line("two", "p", "19200"), line("three", "q", "9600")),
            on("one", "a"),
            on("two", "b"),
            on("three", "c")));
    assertThat(threadOf("a")).isSameAs(threadOf("b")).isNotSameAs(threadOf("c"));
    Await.until("all are open", () -> buses.busStatus().stream().allMatch(BusStatus::open));
  }

  @Test
  void aChangeRestartsTheNeighboursAtItsEndpointOnly() {
    buses.add(new CapableLine(clock));
    buses.apply(
        pole(
            List.of(
                line("one", "p", "9600"), line("two", "p", "19200"), line("three", "q", "9600")),
            on("one", "a"),
            on("two", "b"),
            on("three", "c")));
    EndpointThread both = threadOf("a");
    EndpointThread other = threadOf("c");
    buses.apply(
        pole(
            List.of(line("one", "p", "9600"), line("two", "p", "4800"), line("three", "q", "9600")),
            on("one", "a"),
            on("two", "b"),
            on("three", "c")));
    assertThat(threadOf("a")).isNotSameAs(both).isSameAs(threadOf("b"));
    assertThat(threadOf("c")).isSameAs(other);
    buses.apply(pole(List.of(line("three", "q", "9600")), on("three", "c")));
    assertThat(threadOf("c")).isSameAs(other);
    assertThat(buses.find("a")).isEmpty();
  }

  @Test
  void anEndpointThatCannotBeSharedHasOneBusAndTheOtherSaysWhy() {
    CapableLine factory = new CapableLine(clock);
    factory.shared = false;
    buses.add(factory);
    buses.apply(
        pole(
            List.of(line("one", "p", "9600"), line("two", "p", "19200")),
            on("one", "a"),
            on("two", "b")));
    assertThat(buses.find("a")).isPresent();
    assertThat(buses.find("b")).isEmpty();
    assertThat(buses.busStatus().get(1).message()).isEqualTo("is at the same end as bus one");
  }

  @Test
  void aBusThatCannotBeMadeLeavesItsNeighbourInOperation() {
    buses.add(new CapableLine(clock));
    PointSpec wrong =
        Specs.point(
            "level",
            Access.WRITE,
            Optional.of(
                new PointSpec.Heartbeat(1e300, Duration.ofSeconds(1), OptionalDouble.empty())));
    buses.apply(
        pole(
            List.of(line("one", "p", "9600"), line("two", "p", "19200")),
            on("one", "a"),
            Specs.device("two", "b", LineRig.POLL, wrong)));
    assertThat(buses.find("a")).isPresent();
    assertThat(buses.find("b")).isEmpty();
    assertThat(buses.busStatus().get(1).message())
        .isEqualTo("cannot be made: heartbeat of point \"level\" cannot be written: 1.0E300");
  }

  private static long liveBusThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("bus-(one|two)"))
        .count();
  }
}
