package io.polegate.core;

import io.polegate.api.data.Value;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The commands of a bus that wait for their proof, one per point: each is answered by whoever takes
 * it out, so exactly once. {@link #giveUp} may be called from any thread, the rest belongs to the
 * thread of the bus.
 */
final class Proofs {
  private final Map<PolledPoint, Unproved> waiting = new ConcurrentHashMap<>();

  /** Takes a command in; the one before at its point was overtaken. */
  void add(Unproved unproved) {
    waiting.put(unproved.command().point(), unproved);
  }

  /** Another command was written to a point, so the effect of the one before is not to be seen. */
  void overtake(PolledPoint point) {
    Unproved earlier = waiting.remove(point);
    if (earlier != null) {
      earlier.unproved("overtaken by another command");
    }
  }

  /**
   * The one whose look has waited longest. A device that is silent is not looked at.
   *
   * @param mayCostTimeout whether a device may be asked that leaves some questions unanswered
   */
  Optional<Unproved> due(long nowNanos, boolean mayCostTimeout) {
    return waiting.values().stream()
        .filter(each -> each.dueIn(nowNanos) <= 0 && canLook(each, nowNanos))
        .filter(each -> mayCostTimeout || !each.device().isSuspect())
        .min(Comparator.comparingLong(each -> each.dueIn(nowNanos)));
  }

  private static boolean canLook(Unproved unproved, long nowNanos) {
    return unproved.device().beatableIn(nowNanos) <= 0;
  }

  /** Nanoseconds until there is something to do, never negative. */
  long dueIn(long nowNanos) {
    return waiting.values().stream()
        .mapToLong(each -> canLook(each, nowNanos) ? each.dueIn(nowNanos) : each.endsIn(nowNanos))
        .map(left -> Math.max(0, left))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Answers those whose time is over while their device is silent. */
  void expire(long nowNanos) {
    for (Unproved each : waiting.values()) {
      if (each.endsIn(nowNanos) <= 0 && !canLook(each, nowNanos)) {
        late(each);
      }
    }
  }

  /** Answers that it shows the value. */
  void proved(Unproved unproved, Value value) {
    if (isTaken(unproved)) {
      unproved.command().done(Optional.of(value));
    }
  }

  /** Answers that it did not in time. */
  void late(Unproved unproved) {
    if (isTaken(unproved)) {
      unproved.late();
    }
  }

  /** Answers some of them: nobody will look any more. */
  void giveUp(Predicate<PolledDevice> whose, String why) {
    for (Unproved each : waiting.values()) {
      if (whose.test(each.device()) && isTaken(each)) {
        each.unproved(why);
      }
    }
  }

  private boolean isTaken(Unproved unproved) {
    return waiting.remove(unproved.command().point(), unproved);
  }
}
