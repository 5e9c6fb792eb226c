package io.polegate.core;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread of a bus. Thread-safe. */
final class BusThread {
  private static final Logger LOG = LoggerFactory.getLogger(BusThread.class);
  private static final long MOST_NANOS_ASLEEP = TimeUnit.MINUTES.toNanos(1);
  private static final long NANOS_AFTER_ERROR = TimeUnit.SECONDS.toNanos(1);
  private static final long MOST_MILLIS_TO_STOP = 5_000;

  private final BusLine line;
  private final Thread thread;
  private volatile boolean stopping;

  private BusThread(String bus, BusLine line) {
    this.line = line;
    this.thread = new Thread(this::run, "bus-" + bus);
    this.thread.setDaemon(true);
  }

  /** Starts working. */
  static BusThread start(String bus, BusLine line) {
    BusThread started = new BusThread(bus, line);
    started.thread.start();
    return started;
  }

  BusLine line() {
    return line;
  }

  /** Queues a command and wakes the thread; false when the queue is full or the bus is stopping. */
  boolean offer(PendingCommand command) {
    boolean queued = !stopping && line.offer(command);
    LockSupport.unpark(thread);
    // stopped in between: whoever gets it out of the queue answers it
    return queued && !(stopping && line.withdraw(command));
  }

  /**
   * Ends a blocked driver call and the thread. Returns when both have ended, or after five seconds:
   * a driver that hangs is left behind, and no caller waits for it.
   */
  void stop() {
    stopping = true;
    Thread closing = new Thread(line::close, thread.getName() + "-close");
    closing.setDaemon(true);
    closing.start();
    LockSupport.unpark(thread);
    try {
      thread.join(MOST_MILLIS_TO_STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      LOG.error("thread \"{}\" did not end: its driver does not return", thread.getName());
      line.stopped();
    }
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
    line.close();
    line.stopped();
  }

  /** Nothing that one step throws may end the bus. */
  private long step() {
    try {
      return line.step();
    } catch (RuntimeException | Error e) {
      LOG.error("thread \"{}\" goes on after an error", thread.getName(), e);
      return NANOS_AFTER_ERROR;
    }
  }
}
