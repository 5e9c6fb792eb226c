package io.polegate.api.journal;

import io.polegate.api.data.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The last hours of a point, out of the same file that serves the uplinks; what every platform has
 * is there too, until its place is needed. Thread-safe; blocks for the disk.
 */
public interface JournalHistory {
  /**
   * Readings of one point in order of their numbers, at most {@code max}; of more, evenly spread
   * steps of time give one {@link Slot} each.
   *
   * @param from earliest time, inclusive
   * @param to latest time, exclusive
   * @param max most slots, 1 to 10,000
   * @throws JournalException if the file cannot be read
   */
  List<Slot> history(String device, String point, Instant from, Instant to, int max)
      throws JournalException;

  /**
   * What a step of time holds: one reading, or the summary of several.
   *
   * @param start of the step; the time of the reading if there is only one
   * @param length of the step, zero if there is only one reading
   * @param count good and bad readings
   * @param bad readings without a value
   * @param min least value; not a number if there is no number
   * @param mean mean of the numbers, each counting the same
   * @param max largest value
   * @param last the newest reading of the step
   */
  record Slot(
      Instant start,
      Duration length,
      int count,
      int bad,
      double min,
      double mean,
      double max,
      Reading last) {}

  /**
   * Events and results of commands, newest first.
   *
   * @param before only those with lower numbers
   * @param max most, 1 to 1,000
   * @throws JournalException if the file cannot be read
   */
  List<Sequenced> events(long before, int max) throws JournalException;
}
