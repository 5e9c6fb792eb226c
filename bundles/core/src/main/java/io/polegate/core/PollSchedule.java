package io.polegate.core;

import io.polegate.api.driver.Sample;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When a device is read, and which of its points. Points with an interval of their own are left out
 * of the polls at which they are not due. The phase is kept, and what was missed is not made up
 * for. Confined to the thread of the bus, but for {@link #polls} and {@link #missed}.
 */
final class PollSchedule {
  private final List<Slot> slots;
  private final long intervalNanos;
  private final AtomicLong polls = new AtomicLong();
  private final AtomicLong missed = new AtomicLong();
  private List<Slot> asked = List.of();
  private long dueNanos;
  private long asOfNanos;

  /** A point and when it is due; those without an interval of their own are always. */
  private static final class Slot {
    private final PolledPoint point;
    private final long everyNanos;
    private boolean anew = true;
    private long dueNanos;

    private Slot(PolledPoint point, long everyNanos) {
      this.point = point;
      this.everyNanos = everyNanos;
    }

    private boolean isDue(long nowNanos) {
      return anew || dueNanos <= nowNanos;
    }

    private void answered(boolean silent, long nowNanos) {
      dueNanos = anew ? nowNanos + everyNanos : following(dueNanos, everyNanos, nowNanos);
      // a lost frame must not cost a point its value for an hour
      anew = silent;
    }
  }

  /**
   * Everything is due from {@code nowNanos} on.
   *
   * @param poll interval of points that have none of their own
   */
  PollSchedule(Duration poll, List<PolledPoint> readable, long nowNanos) {
    this.intervalNanos =
        readable.stream().mapToLong(point -> every(point, poll)).min().orElse(poll.toNanos());
    this.slots = readable.stream().map(point -> slot(point, poll)).toList();
    this.dueNanos = nowNanos;
  }

  private static long every(PolledPoint point, Duration poll) {
    return Math.max(1, point.spec().poll().orElse(poll).toNanos());
  }

  private Slot slot(PolledPoint point, Duration poll) {
    long every = every(point, poll);
    return new Slot(point, every <= intervalNanos ? 0 : every);
  }

  /** From one read to the next: that of the points that are read most often. */
  long intervalNanos() {
    return intervalNanos;
  }

  /** When the next read is due. */
  long dueNanos() {
    return dueNanos;
  }

  /**
   * A read begins.
   *
   * @param inTurn whether it should have begun in time, so that polls that did not are counted
   * @return the points that are due
   */
  List<PolledPoint> begin(boolean inTurn, long nowNanos) {
    long late = Math.max(0, (nowNanos - dueNanos) / intervalNanos);
    polls.incrementAndGet();
    missed.addAndGet(inTurn ? late : 0);
    asOfNanos = dueNanos + late * intervalNanos;
    asked = slots.stream().filter(slot -> slot.isDue(asOfNanos)).toList();
    return points();
  }

  /** What the read asked for. */
  List<PolledPoint> points() {
    return asked.stream().map(slot -> slot.point).toList();
  }

  /** The read was answered, with one sample for each of {@link #points}. */
  void answered(List<Sample> samples) {
    for (int i = 0; i < asked.size(); i++) {
      asked.get(i).answered(GuardedDriver.isSilent(samples.get(i)), asOfNanos);
    }
    dueNanos = asOfNanos + intervalNanos;
  }

  /** Nothing is known any more: all points are due with the next read, at this time. */
  void anew(long atNanos) {
    slots.forEach(slot -> slot.anew = true);
    dueNanos = atNanos;
  }

  /** The next read is due one interval after this at the latest. */
  void notLaterThanAfter(long nanos) {
    dueNanos = Math.min(dueNanos, nanos + intervalNanos);
  }

  private static long following(long dueNanos, long everyNanos, long nowNanos) {
    return everyNanos == 0
        ? nowNanos
        : dueNanos + everyNanos * (1 + (nowNanos - dueNanos) / everyNanos);
  }

  /** Reads that began. Thread-safe. */
  long polls() {
    return polls.get();
  }

  /** Polls that did not begin before the next was due. Thread-safe. */
  long missed() {
    return missed.get();
  }
}
