package io.polegate.config;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread of this bundle; it is there once something is wanted of it. Thread-safe. */
final class TimerThread implements SecondHand {
  private static final Logger LOG = LoggerFactory.getLogger(TimerThread.class);
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "configuration");
            thread.setDaemon(true);
            return thread;
          });
  private Optional<ScheduledFuture<?>> ticking = Optional.empty();
  private Optional<ScheduledFuture<?>> minutely = Optional.empty();

  /** Does this, and nothing else, every minute until the end. */
  synchronized void everyMinute(Runnable work) {
    minutely.ifPresent(running -> running.cancel(false));
    minutely = Optional.of(schedule(work, 60));
  }

  @Override
  public synchronized void start(Runnable tick) {
    stop();
    ticking = Optional.of(schedule(tick, 1));
  }

  @Override
  public synchronized void stop() {
    ticking.ifPresent(running -> running.cancel(false));
    ticking = Optional.empty();
  }

  /** No more work; what is being done is finished. */
  void end() {
    executor.shutdown();
  }

  private ScheduledFuture<?> schedule(Runnable work, long seconds) {
    Runnable guarded =
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            // else it would never be called again
            LOG.error("the work of this second failed", e);
          }
        };
    return executor.scheduleWithFixedDelay(guarded, seconds, seconds, TimeUnit.SECONDS);
  }
}
