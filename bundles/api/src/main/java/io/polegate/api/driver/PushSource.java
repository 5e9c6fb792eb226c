package io.polegate.api.driver;

import java.util.List;

/**
 * Optional capability of a {@link Driver}: the source reports by itself between polls (monitored
 * items, edges of an input). Points are polled all the same, at the {@code poll} of their device:
 * that proves that the source is alive and makes good a report that was lost.
 */
public interface PushSource {

  /**
   * Replaces the set of points that report. Called on the thread of the bus after each successful
   * {@link Driver#open()}, and while it is open when a change of the document changed them, with
   * all readable points of all devices; a driver leaves out those that cannot report.
   *
   * @param listener the same one for as long as the driver is open; may be called from any thread,
   *     never after {@link Driver#close()} has returned; it does not block
   * @throws EndpointDownException if the endpoint is gone
   */
  void subscribe(List<Point> points, Listener listener) throws DriverException;

  /** Takes what the source reports. */
  @FunctionalInterface
  interface Listener {
    /** One sample of one of the subscribed points. */
    void sampled(Point point, Sample sample);
  }
}
