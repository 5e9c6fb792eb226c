package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.BusSpec;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.JournalSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.data.Value;
import io.polegate.api.settings.Settings;
import io.polegate.testkit.HandClock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BusesTest {
  private final HandClock clock = new HandClock();
  private final FakeLine driver = new FakeLine(clock);
  private final TimeTrust trust = new TimeTrust(clock);
  private final Buses buses =
      new Buses(
          new BusBuilder(
              item -> {}, trust, new EventLog(item -> {}, trust), clock.monotonic(), () -> 0.5),
          clock.monotonic());

  private static PoleSpec pole(List<BusSpec> lines, DeviceSpec... devices) {
    return new PoleSpec(
        "P-1",
        Map.of(),
        Optional.empty(),
        ZoneOffset.UTC,
        JournalSpec.DEFAULT,
        lines,
        List.of(devices),
        List.of());
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

  private static long liveBusThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("bus-(one|two)"))
        .count();
  }
}
