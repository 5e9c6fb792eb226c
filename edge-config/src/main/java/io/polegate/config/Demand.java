package io.polegate.config;

import io.polegate.api.driver.BusTime;
import io.polegate.api.driver.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What one device asks of its bus.
 *
 * @param share of the time that the bus is busy with it; 1 is all of it
 */
record Demand(String device, double share) {

  /**
   * A point that is read again and again.
   *
   * @param every from the start of one read to the start of the next
   */
  record Polled(Point point, Duration every) {}

  /**
   * A device that is read again and again.
   *
   * @param busTime of one read, as the plugin foretells it
   * @param poll from the start of one read to the start of the next
   * @throws ArithmeticException if the plugin foretells more than 292 years
   * @throws IllegalArgumentException if it foretells less than nothing
   */
  static Demand of(String device, Duration busTime, Duration poll) {
    if (busTime.isNegative()) {
      throw new IllegalArgumentException("bus time " + busTime);
    }
    return new Demand(device, (double) busTime.toNanos() / poll.toNanos());
  }

  /**
   * The polls of a device whose points may have polls of their own. What is read at the same time
   * shares requests, so a slow point costs what it adds to the others.
   *
   * @param points how often each is wanted, never more often than {@code poll}
   * @param poll from the start of one read to the start of the next
   */
  static List<Demand> ofPolls(String device, BusTime busTime, List<Polled> points, Duration poll) {
    List<Demand> demands = new ArrayList<>();
    List<Point> read = new ArrayList<>();
    Duration before = Duration.ZERO;
    for (Duration every : new TreeSet<>(points.stream().map(Polled::every).toList())) {
      points.stream().filter(p -> p.every().equals(every)).map(Polled::point).forEach(read::add);
      Duration all = busTime.busTime(List.copyOf(read));
      Duration added = demands.isEmpty() ? all : all.minus(before);
      demands.add(of(device, added.isNegative() ? Duration.ZERO : added, atPolls(every, poll)));
      before = all;
    }
    return demands;
  }

  /** A point is read at polls of its device only. */
  private static Duration atPolls(Duration every, Duration poll) {
    long polls = Math.max(1, (every.toNanos() + poll.toNanos() - 1) / poll.toNanos());
    return poll.multipliedBy(polls);
  }
}
