package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.settings.Settings;
import io.polegate.api.time.PoleClock;
import io.polegate.api.tools.Scan;
import io.polegate.testkit.Await;
import io.polegate.testkit.HandClock;
import io.polegate.testkit.HandPoleClock;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Buses and plugins that come and go while a scan runs. */
final class ScanEndTest {
  private final HandClock clock = new HandClock();
  private final PoleClock trust = new HandPoleClock(clock);
  private final Buses buses =
      new Buses(
          new BusBuilder(
              item -> {}, trust, new EventLog(item -> {}, trust), clock.monotonic(), () -> 0.5),
          clock.monotonic());
  private final Tools tools = new Tools(buses, new EventLog(item -> {}, trust), Runnable::run);

  @AfterEach
  void stop() {
    tools.stop();
    buses.stop();
  }

  private void apply(String baud) {
    buses.apply(
        Specs.pole(
            List.of(Specs.bus("one", "capable", Map.of("port", "p", "baud", baud))),
            Specs.device("one", "a")));
  }

  private void awaitOpen() {
    Await.until("it is open", () -> buses.busStatus().stream().allMatch(bus -> bus.open()));
  }

  private WeakReference<CapableLine> scanAndRemove() {
    CapableLine plugin = new CapableLine(clock);
    plugin.candidate("free", "9600", "1");
    buses.add(plugin);
    Scan scan = tools.scan("capable", Settings.NONE).orElseThrow();
    Await.until("it ended", () -> scan.progress().state() == Scan.State.DONE);
    tools.remove(plugin);
    buses.remove(plugin);
    return new WeakReference<>(plugin);
  }

  @Test
  void whatIsKeptOfAScanKeepsNoPlugin() {
    WeakReference<CapableLine> plugin = scanAndRemove();
    assertThat(tools.lastScan()).isPresent();
    Await.until(
        "nobody holds the plugin",
        () -> {
          System.gc();
          return plugin.get() == null;
        });
  }

  @Test
  void candidatesAtABusThatIsStartedAnewAreAskedAllTheSame() throws Exception {
    CapableLine lines = new CapableLine(clock);
    buses.add(lines);
    apply("9600");
    awaitOpen();
    for (String unit : List.of("1", "2", "3")) {
      lines.candidate("p", "19200", unit);
    }
    Thread applying = new Thread(() -> apply("4800"));
    AtomicBoolean first = new AtomicBoolean(true);
    lines.onProbe =
        () -> {
          if (first.getAndSet(false)) {
            applying.start();
            Await.until(
                "it stops the bus", () -> applying.getState() == Thread.State.TIMED_WAITING);
          }
        };
    Scan scan = tools.scan("capable", Settings.NONE).orElseThrow();
    Await.until("it ended", () -> scan.progress().state() != Scan.State.RUNNING);
    applying.join();
    assertThat(scan.progress().state()).isEqualTo(Scan.State.DONE);
    assertThat(lines.events)
        .anyMatch(event -> event.startsWith("probe p 19200 2"))
        .anyMatch(event -> event.startsWith("probe p 19200 3"));
  }

  @Test
  void aScanThatWaitedForItsTurnOpensNothingAfterItsPluginIsRemoved() throws Exception {
    CapableLine lines = new CapableLine(clock);
    buses.add(lines);
    apply("9600");
    awaitOpen();
    lines.candidate("p", "19200", "1");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    EndpointThread thread = buses.bus("one").orElseThrow().thread();
    Job<Boolean> hanging =
        new Job<>(
            Optional.empty(),
            () -> {
              begun.countDown();
              return await(release);
            },
            Runnable::run);
    assertThat(thread.offer(hanging)).isTrue();
    begun.await();
    Scan scan = tools.scan("capable", Settings.NONE).orElseThrow();
    Await.until("its opening waits", () -> thread.work().jobs().isReady());
    tools.remove(lines);
    release.countDown();
    Await.until("it ended", () -> scan.progress().state() != Scan.State.RUNNING);
    assertThat(scan.progress().state()).isEqualTo(Scan.State.STOPPED);
    assertThat(lines.events).noneMatch(event -> event.startsWith("open p 19200"));
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
