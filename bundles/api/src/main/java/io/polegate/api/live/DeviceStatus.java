package io.polegate.api.live;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a device is doing, judged by its answers.
 *
 * @param names name by language tag
 * @param bus id of its bus
 * @param poll configured interval
 * @param state judged by the last read
 * @param lastGoodAge time since the device last answered, on the monotonic clock; empty if never
 * @param failures reads that failed in a row
 * @param message empty when online, else the last error in words
 * @param traffic what went over the wire
 * @param points in document order
 */
public record DeviceStatus(
    String id,
    Map<String, String> names,
    String bus,
    Duration poll,
    State state,
    Optional<Duration> lastGoodAge,
    int failures,
    String message,
    Traffic traffic,
    List<PointStatus> points) {

  /** Copies the collections. */
  public DeviceStatus {
    names = Map.copyOf(names);
    points = List.copyOf(points);
  }

  /** What is known of a device. */
  public enum State {
    /** Not read yet. */
    UNKNOWN,
    /** Answered the last read. */
    ONLINE,
    /** Did not answer the last read. */
    OFFLINE
  }
}
