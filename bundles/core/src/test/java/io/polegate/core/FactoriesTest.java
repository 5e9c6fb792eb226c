package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.BusSpec;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.JournalSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.live.BusStatus;
import io.polegate.api.time.PoleClock;
import io.polegate.testkit.HandClock;
import io.polegate.testkit.HandPoleClock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Drivers that come and go while buses work. */
final class FactoriesTest {
  private final HandClock clock = new HandClock();
  private final PoleClock trust = new HandPoleClock(clock);
  private final Buses buses =
      new Buses(
          new BusBuilder(
              item -> {}, trust, new EventLog(item -> {}, trust), clock.monotonic(), () -> 0.5),
          clock.monotonic());
  private final BusSpec bus = LineRig.bus("one");
  private final DeviceSpec device =
      new DeviceSpec(
          "a",
          Map.of(),
          "one",
          LineRig.device("a").poll(),
          LineRig.device("a").settings(),
          LineRig.device("a").points());

  private static PoleSpec pole(BusSpec bus, DeviceSpec... devices) {
    return new PoleSpec(
        "P-1",
        Map.of(),
        Optional.empty(),
        ZoneOffset.UTC,
        JournalSpec.DEFAULT,
        List.of(bus),
        List.of(devices),
        List.of());
  }

  @AfterEach
  void stop() {
    buses.stop();
  }

  @Test
  void aSecondDriverOfOneNameDisturbsNobodyWhenItComesAndWhenItGoes() {
    FakeLine second = new FakeLine(clock);
    buses.add(new FakeLine(clock));
    buses.apply(pole(bus, device));
    EndpointThread thread = buses.find("a").orElseThrow().thread();
    buses.add(second);
    assertThat(buses.find("a").orElseThrow().thread()).isSameAs(thread);
    buses.remove(second);
    assertThat(buses.find("a").orElseThrow().thread()).isSameAs(thread);
  }

  @Test
  void theSecondDriverOfOneNameTakesOverWhenTheFirstGoes() {
    FakeLine first = new FakeLine(clock);
    buses.add(first);
    buses.add(new FakeLine(clock));
    buses.apply(pole(bus, device));
    buses.remove(first);
    assertThat(buses.find("a")).isPresent();
  }

  @Test
  void aBusWithAProblemIsShownNotStartedUntilTheProblemIsGone() {
    BusSpec sick =
        new BusSpec(
            bus.id(), bus.driver(), bus.retryLimit(), bus.settings(), Optional.of("wrong baud"));
    buses.add(new FakeLine(clock));
    buses.apply(pole(sick));
    assertThat(buses.busStatus()).extracting(BusStatus::message).containsExactly("wrong baud");
    buses.apply(pole(bus, device));
    assertThat(buses.find("a")).isPresent();
  }
}
