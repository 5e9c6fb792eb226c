package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.command.Command;
import io.polegate.api.command.Command.Origin;
import io.polegate.api.command.CommandResult;
import io.polegate.api.command.CommandStatus;
import io.polegate.api.config.BusSpec;
import io.polegate.api.config.JournalSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Settings;
import io.polegate.api.time.PoleClock;
import io.polegate.testkit.Await;
import io.polegate.testkit.HandClock;
import io.polegate.testkit.HandPoleClock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Buses that are stopped or changed while plugins hang or break. */
final class BusStopTest {
  private final HandClock clock = new HandClock();
  private final PoleClock trust = new HandPoleClock(clock);
  private final Buses buses =
      new Buses(
          new BusBuilder(
              item -> {}, trust, new EventLog(item -> {}, trust), clock.monotonic(), () -> 0.5),
          clock.monotonic());
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  /** A plugin that is deaf to close, or breaks when it is made. */
  private final class Hanging implements Driver, DriverFactory {
    private final FakeLine fake = new FakeLine(clock);
    private final boolean breaks;

    private Hanging(boolean breaks) {
      this.breaks = breaks;
    }

    @Override
    public String name() {
      return breaks ? "breaking" : "hanging";
    }

    @Override
    public Schema busSettings() {
      return fake.busSettings();
    }

    @Override
    public Schema deviceSettings() {
      return fake.deviceSettings();
    }

    @Override
    public Schema pointSettings() {
      return fake.pointSettings();
    }

    @Override
    public Driver create(Settings bus) {
      if (breaks) {
        throw new IllegalStateException("bug");
      }
      return this;
    }

    @Override
    public Point point(Settings device, Settings point) throws InvalidSettingException {
      return fake.point(device, point);
    }

    @Override
    public void open() {}

    @Override
    public List<Sample> read(List<Point> points) {
      asked.countDown();
      hang();
      return List.of();
    }

    @Override
    public void write(Point point, Value value) {}

    @Override
    public void close() {
      hang();
    }

    private void hang() {
      boolean waiting = true;
      while (waiting) {
        try {
          release.await();
          waiting = false;
        } catch (InterruptedException e) {
          // deaf to this as well
        }
      }
    }
  }

  private void apply(BusSpec... specs) {
    buses.apply(
        new PoleSpec(
            "P-1",
            Map.of(),
            Optional.empty(),
            ZoneOffset.UTC,
            JournalSpec.DEFAULT,
            List.of(specs),
            List.of(LineRig.device("lamp")),
            List.of()));
  }

  private static BusSpec bus(String id, String driver) {
    return new BusSpec(id, driver, Duration.ofSeconds(60), Settings.NONE);
  }

  @AfterEach
  void stop() {
    release.countDown();
    buses.stop();
  }

  @Test
  void aDriverThatHangsEvenInCloseIsLeftBehindAndItsCommandsAreAnswered() throws Exception {
    List<CommandResult> results = new CopyOnWriteArrayList<>();
    buses.add(new Hanging(false));
    apply(bus("line", "hanging"));
    asked.await();
    Buses.Place place = buses.find("lamp").orElseThrow();
    assertThat(place.thread().offer(command(place, results))).isTrue();

    apply();

    assertThat(results).extracting(CommandResult::status).containsExactly(CommandStatus.FAILED);
    assertThat(buses.find("lamp")).isEmpty();
    assertThat(place.thread().offer(command(place, results))).isFalse();
  }

  @Test
  void aPluginThatBreaksWhenItIsMadeDisturbsNoOtherBus() {
    FakeLine good = new FakeLine(clock);
    buses.add(good);
    buses.add(new Hanging(true));
    apply(bus("broken", "breaking"), bus("line", "fake"));

    assertThat(buses.find("lamp")).isPresent();
    assertThat(buses.busStatus().get(0).message())
        .isEqualTo("cannot be made: the driver failed: bug");
    Await.until("the other bus works", () -> buses.busStatus().get(1).open());
  }

  @Test
  void aDriverThatThrowsFromCloseIsStoppedAndReplaced() {
    FakeLine odd = new FakeLine(clock);
    buses.add(odd);
    apply(bus("line", "fake"));
    EndpointThread before = buses.find("lamp").orElseThrow().thread();
    odd.thrown = new IllegalStateException("bug");
    buses.apply(
        new PoleSpec(
            "P-1",
            Map.of(),
            Optional.empty(),
            ZoneOffset.UTC,
            JournalSpec.DEFAULT,
            List.of(new BusSpec("line", "fake", Duration.ofSeconds(5), Settings.NONE)),
            List.of(LineRig.device("lamp")),
            List.of()));
    assertThat(buses.find("lamp").orElseThrow().thread()).isNotSameAs(before);
  }

  private PendingCommand command(Buses.Place place, List<CommandResult> results) {
    Command command =
        new Command(
            "c1",
            "lamp",
            "level",
            new Value.Real(1),
            clock.instant(),
            new Origin(Origin.Kind.CLOUD, "city"));
    return new PendingCommand(
        command,
        place.device(),
        place.device().point("level").orElseThrow(),
        new Value.Int(10),
        Long.MAX_VALUE,
        trust,
        results::add);
  }
}
