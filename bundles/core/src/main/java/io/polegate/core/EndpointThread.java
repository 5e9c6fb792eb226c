package io.polegate.core;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread of an endpoint, for all buses there. Thread-safe. */
final class EndpointThread {
  private static final Logger LOG = LoggerFactory.getLogger(EndpointThread.class);
  private static final long MOST_NANOS_ASLEEP = TimeUnit.MINUTES.toNanos(1);
  private static final long NANOS_AFTER_ERROR = TimeUnit.SECONDS.toNanos(1);

  /** So long a change may wait for its turn and take. */
  private static final long MOST_MILLIS_TO_CHANGE = 5_000;

  /** So long a stop in order may take; then the driver is cut off. */
  private static final long MOST_MILLIS_IN_ORDER = 3_000;

  /** So long a driver that was cut off may take to return; then it is left behind. */
  private static final long MOST_MILLIS_TO_RETURN = 2_000;

  private final EndpointWork work;
  private final Thread thread;
  private final Queue<FutureTask<?>> changes = new ConcurrentLinkedQueue<>();
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

  /** Has a change made between two pieces of work; does not wait for that. */
  <T> FutureTask<T> begin(Callable<T> change) {
    FutureTask<T> task = new FutureTask<>(change);
    changes.add(task);
    wake();
    return task;
  }

  /**
   * What came of a change. If a driver holds it up for longer than five seconds, or it fails, that
   * is nothing: then the thread has to be stopped, because half of it may be done.
   */
  <T> Optional<T> made(FutureTask<T> change, long begunNanos) {
    long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos);
    try {
      long left = Math.max(1, MOST_MILLIS_TO_CHANGE - passed);
      return Optional.of(change.get(left, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      LOG.warn("thread \"{}\" is started anew: it is busy with a driver", thread.getName(), e);
    } catch (ExecutionException e) {
      LOG.warn("thread \"{}\" is started anew", thread.getName(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    change.cancel(false);
    return Optional.empty();
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
      makeChanges();
      long nanosToWait = step();
      // a plugin may leave it set, and then no pause would be one
      Thread.interrupted();
      if (nanosToWait > 0 && !stopping) {
        LockSupport.parkNanos(this, Math.min(nanosToWait, MOST_NANOS_ASLEEP));
      }
    }
    end();
  }

  private void makeChanges() {
    for (FutureTask<?> next = changes.poll(); next != null; next = changes.poll()) {
      next.run();
    }
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
