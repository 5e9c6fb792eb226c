package io.polegate.core.clock;

import io.polegate.api.config.ConfigurationTarget;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.data.SampleTime;
import io.polegate.api.time.ClockRun;
import io.polegate.api.time.ClockStatus;
import io.polegate.api.time.PoleClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pole's clock as a component, with the thread that looks after it. Needs nothing, because
 * everything else needs it: the journal is bound by {@link ClockReports}. Thread-safe.
 */
@Component(
    immediate = true,
    service = {PoleClock.class, ConfigurationTarget.class, ClockService.class},
    property = "service.ranking:Integer=400")
public final class ClockService implements PoleClock, ConfigurationTarget {
  private static final Logger LOG = LoggerFactory.getLogger(ClockService.class);
  private static final long MILLIS_BETWEEN_LOOKS = 2_000;

  private final ClockNews news = new ClockNews();
  private final CountDownLatch ending = new CountDownLatch(1);
  private final PoleTime time;
  private final Thread looking = new Thread(this::lookAgainAndAgain, "clock");

  /** Remembers in the folder that the framework property {@code polegate.data} names. */
  @Activate
  public ClockService(BundleContext context) {
    String data =
        Objects.requireNonNull(
            context.getProperty("polegate.data"), "framework property polegate.data is not set");
    this.time =
        new PoleTime(
            new PoleTime.Sources(
                InstantSource.system(), System::nanoTime, TimeServices.ofThisMachine()::ask),
            Boot.of(Path.of("/proc")),
            new Floor(new FloorFile(Path.of(data, "clock")), System::nanoTime),
            news);
    looking.setDaemon(true);
    looking.start();
  }

  @Deactivate
  void stop() throws InterruptedException {
    ending.countDown();
    looking.join(Duration.ofSeconds(5).toMillis());
    time.end();
  }

  ClockNews news() {
    return news;
  }

  @Override
  public void apply(PoleSpec spec) {
    time.trust(spec.clock().trust());
  }

  @Override
  public Instant instant() {
    return time.instant();
  }

  @Override
  public SampleTime now() {
    return time.now();
  }

  @Override
  public SampleTime stamp(Instant byDevice) {
    return time.stamp(byDevice);
  }

  @Override
  public ClockStatus status() {
    return time.status();
  }

  @Override
  public ClockRun run() {
    return time.run();
  }

  @Override
  public void heard(Instant said, String who) {
    time.heard(said, who);
  }

  private void lookAgainAndAgain() {
    try {
      while (!ending.await(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nothing that one look meets may end the looking. */
  private void look() {
    try {
      time.look();
    } catch (RuntimeException e) {
      LOG.error("a look at the clock failed", e);
    }
  }
}
