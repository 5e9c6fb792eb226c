package io.polegate.api.driver;

import java.util.List;

/**
 * Optional capability of a {@link Driver}: the source reports by itself (monitored items, edges,
 * free-running lines).
 */
public interface PushSource {

  /**
   * Replaces the set of subscribed points; called after {@link Driver#open()} and with an empty
   * list before close.
   *
   * @param listener called from a thread of the protocol library, never after {@link
   *     Driver#close()} has returned; it does not block
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
