package io.polegate.config;

import java.time.Duration;

/**
 * What one device asks of its bus.
 *
 * @param share of the time that the bus is busy with it; 1 is all of it
 */
record Demand(String device, double share) {

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
}
