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
 * @param poll interval from one read to the next: as configured, or that of the point that is read
 *     most often if all are read less often
 * @param state judged by the last read
 * @param lastGoodAge time since the device last answered, on the monotonic clock; empty if never
 * @param failures reads that failed in a row
 * @param message empty when online, else the last error in words
 * @param traffic what went over the wire
 * @param polls reads that began since the device is in operation as it is: one that a change of the
 *     document did not touch counts on
 * @param missedPolls polls of it, while it answered, that did not begin before the next was due
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
    long polls,
    long missedPolls,
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
