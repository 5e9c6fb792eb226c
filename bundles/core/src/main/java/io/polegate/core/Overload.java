package io.polegate.core;

import java.util.HashMap;
import java.util.Map;

/**
 * Notices that the plan of a bus does not fit: devices that answer miss polls although nothing but
 * other polls stood in their way. Time that went into silence, commands, tools and openings is no
 * fault of the plan and is taken off. Tells each change. Fed by the thread of the bus, read by any.
 */
final class Overload {
  private static final int FOR_A_MISS = 9;
  private static final int FOR_A_POLL_IN_TIME = -1;

  /** Three misses with few polls in time between them, or a lasting rate above one in ten. */
  private static final int OVERLOADED = 27;

  private final String bus;
  private final EventLog events;
  private final Map<String, Score> scores = new HashMap<>();
  private volatile boolean overloaded;

  private record Score(int points, long offPlanNanos) {}

  Overload(String bus, EventLog events) {
    this.bus = bus;
    this.events = events;
  }

  boolean overloaded() {
    return overloaded;
  }

  /**
   * A device answered.
   *
   * @param lateNanos from when it was due to when it was asked
   * @param offPlanNanos time that the endpoint has spent on anything but polls that were answered
   */
  void answered(PolledDevice device, long lateNanos, long offPlanNanos) {
    Score before = scores.getOrDefault(device.id(), new Score(0, offPlanNanos));
    long late = lateNanos - (offPlanNanos - before.offPlanNanos());
    int change = late >= device.poll().toNanos() ? FOR_A_MISS : FOR_A_POLL_IN_TIME;
    int points = Math.max(0, Math.min(OVERLOADED, before.points() + change));
    scores.put(device.id(), new Score(points, offPlanNanos));
    judge();
  }

  /** A device did not answer or is gone, so that nothing can be said of its polls. */
  void silent(PolledDevice device) {
    scores.remove(device.id());
    judge();
  }

  private void judge() {
    boolean before = overloaded;
    overloaded =
        before
            ? scores.values().stream().anyMatch(score -> score.points() > 0)
            : scores.values().stream().anyMatch(score -> score.points() >= OVERLOADED);
    if (before && !overloaded) {
      events.busRelieved(bus);
    } else if (!before && overloaded) {
      events.busOverloaded(bus);
    }
  }
}
