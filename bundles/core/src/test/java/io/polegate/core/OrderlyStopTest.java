package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.data.Value;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Settings;
import io.polegate.api.time.PoleClock;
import io.polegate.testkit.HandClock;
import io.polegate.testkit.HandPoleClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A bus that is stopped finishes what it does, says goodbye to its devices, and closes. */
final class OrderlyStopTest {
  private final HandClock clock = new HandClock();
  private final PoleClock trust = new HandPoleClock(clock);
  private final Buses buses =
      new Buses(
          new BusBuilder(
              item -> {}, trust, new EventLog(item -> {}, trust), clock.monotonic(), () -> 0.5),
          clock.monotonic());
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final CountDownLatch writing = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  /** Its first write waits for the test; a close ends it, as the contract wants. */
  private final class SlowCharger implements Driver, DriverFactory {
    private final FakeLine fake = new FakeLine(clock);

    @Override
    public String name() {
      return "slow";
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
      return this;
    }

    @Override
    public Point point(Settings device, Settings point) throws InvalidSettingException {
      return fake.point(device, point);
    }

    @Override
    public void open() {
      calls.add("open");
    }

    @Override
    public List<Sample> read(List<Point> points) {
      return List.of();
    }

    @Override
    public void write(Point point, Value value) {
      calls.add("begin " + value);
      writing.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      calls.add("end " + value);
    }

    @Override
    public void close() {
      calls.add("close");
      release.countDown();
    }
  }

  private void start() throws InterruptedException {
    buses.add(new SlowCharger());
    buses.apply(
        Specs.pole(
            List.of(Specs.bus("line", "slow", Map.of())),
            Specs.device(
                "line",
                "charger",
                LineRig.POLL,
                Specs.beating(Duration.ofSeconds(1), OptionalDouble.of(0)))));
    assertThat(writing.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @AfterEach
  void stop() {
    release.countDown();
    buses.stop();
  }

  @Test
  void theStepEndsThenTheReleaseIsWrittenThenTheDriverIsClosed() throws Exception {
    start();
    Thread stopping = new Thread(buses::stop);
    stopping.start();
    release.countDown();
    stopping.join();
    assertThat(calls)
        .containsExactly(
            "open",
            "begin Int[value=100]",
            "end Int[value=100]",
            "begin Int[value=0]",
            "end Int[value=0]",
            "close");
  }

  @Test
  void aDriverThatHangsIsCutOffAndWritesNothingMore() throws Exception {
    start();
    buses.stop();
    assertThat(calls).startsWith("open", "begin Int[value=100]", "close", "end Int[value=100]");
    assertThat(calls).noneMatch(call -> call.contains("value=0]"));
  }
}
