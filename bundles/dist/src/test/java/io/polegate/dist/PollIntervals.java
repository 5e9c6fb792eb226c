package io.polegate.dist;

import io.polegate.testkit.mqtt.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How regularly a point was polled, by the times that its readings carry. */
final class PollIntervals {
  private PollIntervals() {}

  /** Milliseconds between the readings of a point, in the order in which they came. */
  static List<Long> of(Platform platform, String device, String point) {
    List<Long> times = new ArrayList<>();
    for (Map<String, Object> reading : platform.readings(device, point)) {
      if (reading.get("time") instanceof Long time) {
        times.add(time);
      }
    }
    List<Long> intervals = new ArrayList<>();
    for (int i = 1; i < times.size(); i++) {
      intervals.add(times.get(i) - times.get(i - 1));
    }
    return intervals;
  }
}
