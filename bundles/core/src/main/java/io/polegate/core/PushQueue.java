package io.polegate.core;

import io.polegate.api.data.SampleTime;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a source reported and the bus has not taken yet, from one opening of the driver to its end.
 *
 * <p>In order and not the newest of each point only: a button that was pressed and let go is two
 * changes. When it is full, the oldest sample gives way whose point has a newer one here, so that a
 * point that babbles pushes out itself and the last word of each other point stays. Thread-safe.
 */
final class PushQueue {
  static final int MOST_WAITING = 1024;

  private final Runnable wake;
  private final ArrayDeque<Pushed> waiting = new ArrayDeque<>();
  private final Map<Point, Integer> perPoint = new HashMap<>();
  private long dropped;
  private boolean ended;

  /**
   * A sample and when it came.
   *
   * @param nanos on the monotonic clock
   */
  record Pushed(Point point, Sample sample, SampleTime time, long nanos) {}

  /**
   * An empty queue.
   *
   * @param wake wakes who takes from it
   */
  PushQueue(Runnable wake) {
    this.wake = wake;
  }

  /** Takes a sample in, unless the source is closed already. */
  void add(Pushed pushed) {
    synchronized (this) {
      if (ended) {
        return;
      }
      if (waiting.size() >= MOST_WAITING) {
        dropOne(pushed.point());
      }
      waiting.addLast(pushed);
      perPoint.merge(pushed.point(), 1, Integer::sum);
    }
    wake.run();
  }

  private void dropOne(Point coming) {
    dropped++;
    for (Iterator<Pushed> each = waiting.iterator(); each.hasNext(); ) {
      Point point = each.next().point();
      Integer count = perPoint.get(point);
      if (point.equals(coming) || (count != null && count > 1)) {
        each.remove();
        perPoint.merge(point, -1, PushQueue::sumOrNothing);
        return;
      }
    }
    // more points than places: the next poll makes it good
    perPoint.remove(waiting.removeFirst().point());
  }

  private static @Nullable Integer sumOrNothing(Integer count, Integer change) {
    int sum = count + change;
    return sum == 0 ? null : sum;
  }

  /** Everything that waits, in order. */
  synchronized List<Pushed> take() {
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<Pushed> taken = new ArrayList<>(waiting);
    waiting.clear();
    perPoint.clear();
    return taken;
  }

  /** Samples that found no place so far. */
  synchronized long dropped() {
    return dropped;
  }

  /** Nothing is taken in any more. */
  synchronized void end() {
    ended = true;
  }
}
