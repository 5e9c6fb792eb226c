package io.polegate.api.driver;

import java.time.Duration;
import java.util.List;

/**
 * Optional capability of a {@link Driver}: foretells how long the bus is busy, so that a plan that
 * cannot work is found before it is tried.
 */
public interface BusTime {

  /**
   * The time that reading these points of one device occupies the bus when all goes well: requests,
   * answers, gaps, and a usual time for the device to think. Pure.
   */
  Duration busTime(List<Point> points);
}
