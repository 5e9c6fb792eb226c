package io.polegate.core;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread of an endpoint, for all buses there. Thread-safe. */
final class EndpointThread {
  private static final Logger LOG = LoggerFactory.getLogger(EndpointThread.class);
  private static final long MOST_NANOS_ASLEEP = TimeUnit.MINUTES.toNanos(1);
  private static final long NANOS_AFTER_ERROR = TimeUnit.SECONDS.toNanos(1);

  /** So long a stop in order may take; then the driver is cut off. */
  private static final long MOST_MILLIS_IN_ORDER = 3_000;

  /** So long a driver that was cut off may take to return; then it is left behind. */
  private static final long MOST_MILLIS_TO_RETURN = 2_000;

  private final EndpointWork work;
  private final Thread thread;
  private volatile boolean stopping;
  private volatile boolean isCutOff;
  private volatile long askedNanos;

  private EndpointThread(EndpointWork work) {
    this.work = work;
    String buses = work.lines().stream().map(BusLine::id).collect(Collectors.joining("+"));
    this.thread = new Thread(this::run, "bus-" + buses);
    this.thread.setDaemon(true);
  }

  /** Starts working. */
  static EndpointThread start(EndpointWork work) {
    EndpointThread started = new EndpointThread(work);
    work.lines().forEach(line -> line.pushes().wakeWith(started::wake));
    started.thread.start();
    return started;
  }

  EndpointWork work() {
    return work;
  }

  private void wake() {
    LockSupport.unpark(thread);
  }

  /** Queues a command and wakes the thread; false when the queue is full or it is stopping. */
  boolean offer(PendingCommand command) {
    boolean queued = !stopping && work.commands().offer(command);
    wake();
    // stopped in between: whoever gets it out of the queue answers it
    return queued && !(stopping && work.commands().withdraw(command));
  }

  /** As above for a job. */
  boolean offer(Job<?> job) {
    boolean queued = !stopping && work.jobs().offer(job);
    wake();
    return queued && !(stopping && work.jobs().withdraw(job));
  }

  /** Asks it to stop in order, after what it is doing; does not wait for that. */
  void askToStop() {
    askedNanos = System.nanoTime();
    stopping = true;
    wake();
  }

  /**
   * Returns when it has stopped after {@link #askToStop}. A driver that holds it up is cut off, and
   * left behind if it does not return even then: no caller waits for longer than five seconds.
   */
  void awaitStopped() {
    if (!isOver(MOST_MILLIS_IN_ORDER)) {
      isCutOff = true;
      Thread closing = new Thread(work::cutOff, thread.getName() + "-close");
      closing.setDaemon(true);
      closing.start();
    }
    if (!isOver(MOST_MILLIS_IN_ORDER + MOST_MILLIS_TO_RETURN)) {
      LOG.error("thread \"{}\" did not end: its driver does not return", thread.getName());
      work.stopped();
    }
  }

  private boolean isOver(long millisAfterAsked) {
    long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - askedNanos);
    try {
      thread.join(Math.max(1, millisAfterAsked - passed));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }

  private void run() {
    while (!stopping) {
      long nanosToWait = step();
      // a plugin may leave it set, and then no pause would be one
      Thread.interrupted();
      if (nanosToWait > 0 && !stopping) {
        LockSupport.parkNanos(this, Math.min(nanosToWait, MOST_NANOS_ASLEEP));
      }
    }
    end();
  }

  private void end() {
    try {
      if (isCutOff) {
        work.cutOff();
      } else {
        work.finish();
      }
    } catch (RuntimeException | Error e) {
      LOG.error("thread \"{}\" did not stop in order", thread.getName(), e);
      work.cutOff();
    }
    work.stopped();
  }

  /** Nothing that one step throws may end the bus. */
  private long step() {
    try {
      return work.step();
    } catch (RuntimeException | Error e) {
      LOG.error("thread \"{}\" goes on after an error", thread.getName(), e);
      return NANOS_AFTER_ERROR;
    }
  }
}
