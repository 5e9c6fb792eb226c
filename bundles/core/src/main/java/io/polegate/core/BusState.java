package io.polegate.core;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether a bus is open, when it is tried again, and what platforms were told of it. Changed by the
 * thread of the bus, read by any.
 */
final class BusState {
  /** A bus that was lost sooner than this after it opened is retried with growing pauses. */
  private static final long STABLE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String bus;
  private final BackOff backOff;
  private final EventLog events;
  private long openAtNanos;
  private long openedNanos;
  private Told told = Told.NOTHING;
  private final AtomicLong openings = new AtomicLong();
  private volatile Condition condition = new Condition(false, Condition.NOT_YET);

  /** What can be seen of it. */
  record Condition(boolean open, String message) {
    private static final String NOT_YET = "";
    private static final String STOPPED = "stopped";

    boolean untried() {
      return !open && (message.equals(NOT_YET) || message.equals(STOPPED));
    }
  }

  private enum Told {
    NOTHING,
    OPEN,
    DOWN
  }

  /** A bus that is to be opened at once. */
  BusState(String bus, BackOff backOff, EventLog events, long nowNanos) {
    this.bus = bus;
    this.backOff = backOff;
    this.events = events;
    this.openAtNanos = nowNanos;
  }

  Condition condition() {
    return condition;
  }

  /** How often it was opened. */
  long openings() {
    return openings.get();
  }

  /** Nanoseconds until it has to be opened; zero or less when it has to. */
  long opensIn(long nowNanos) {
    return condition.open() ? Long.MAX_VALUE : openAtNanos - nowNanos;
  }

  void opened(long nowNanos) {
    openedNanos = nowNanos;
    openings.incrementAndGet();
    condition = new Condition(true, "");
  }

  /**
   * An answer came. Only now the bus is reported open, and only a bus that stood for a while starts
   * its pauses anew: one that opens and breaks again and again would flood the journal.
   */
  void worked(long nowNanos) {
    if (told != Told.OPEN) {
      told = Told.OPEN;
      events.busOpened(bus);
    }
    if (nowNanos - openedNanos >= STABLE_NANOS) {
      backOff.succeeded();
    }
  }

  /** It broke; true if that is news for platforms. */
  boolean lost(String message, long nowNanos) {
    condition = new Condition(false, message);
    openAtNanos = nowNanos + backOff.failed().toNanos();
    if (told == Told.DOWN) {
      return false;
    }
    told = Told.DOWN;
    events.busLost(bus, message);
    return true;
  }

  void stopped() {
    condition = new Condition(false, Condition.STOPPED);
  }
}
