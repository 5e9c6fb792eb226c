package io.polegate.cloud;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which aliases the metrics of each device have. Each birth of a device gives new ones, unique over
 * the node until the node's next birth: hosts take an alias that they know for a mistake (that of
 * Tahu 1.0.19 asks for a rebirth then). Thread-safe; written by the uplink's thread.
 */
final class SparkplugAliases {
  private final Map<String, Long> first = new ConcurrentHashMap<>();
  private long next = SparkplugNodeMetric.FIRST_FREE_ALIAS;

  /** The node is about to be born: all aliases are free. */
  void restart() {
    first.clear();
    next = SparkplugNodeMetric.FIRST_FREE_ALIAS;
  }

  /** The first alias of a device that is about to be born, the others follow it. */
  long give(SparkplugModel.Device device) {
    long given = next;
    next += device.size();
    first.put(device.spec().id(), given);
    return given;
  }

  /** The alias of a metric. */
  long of(String device, SparkplugModel.Metric metric) {
    Long given = first.get(device);
    if (given == null) {
      throw new IllegalStateException("\"" + device + "\" was never born");
    }
    return given + metric.position();
  }

  /** Which of its metrics a device was given an alias for. */
  OptionalLong position(String device, long alias) {
    Long given = first.get(device);
    return given == null ? OptionalLong.empty() : OptionalLong.of(alias - given);
  }
}
