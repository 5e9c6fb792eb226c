package io.polegate.cloud;

import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.config.PoleSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names and aliases of everything that one document makes the node report. Aliases are unique over
 * the node and stay the same until the next document. Immutable.
 *
 * @param pole the document
 * @param devices by id, in document order
 */
record SparkplugModel(PoleSpec pole, Map<String, Device> devices) {

  /** The metrics of one device. */
  record Device(DeviceSpec spec, long nameAlias, long profileAlias, Map<String, Metric> metrics) {
    /** The point with this name, or else with this alias. */
    Optional<Metric> find(String name, long alias) {
      if (!name.isEmpty()) {
        return Optional.ofNullable(metrics.get(name));
      }
      return metrics.values().stream().filter(metric -> metric.alias() == alias).findFirst();
    }

    /** Whether commands may name any of its points. */
    boolean writable() {
      return metrics.values().stream().anyMatch(metric -> metric.point().access().writable());
    }

    /** Whether it is ever polled, so that its silence means something. */
    boolean polled() {
      return metrics.values().stream().anyMatch(metric -> metric.point().access().readable());
    }
  }

  /** A point as a metric; its name is the id of the point. */
  record Metric(PointSpec point, long alias) {}

  /** Copies the map, keeping its order. */
  SparkplugModel {
    devices = Collections.unmodifiableMap(new LinkedHashMap<>(devices));
  }

  static SparkplugModel of(PoleSpec pole) {
    Map<String, Device> devices = new LinkedHashMap<>();
    long alias = SparkplugNodeMetric.FIRST_FREE_ALIAS;
    for (DeviceSpec spec : pole.devices()) {
      long nameAlias = alias++;
      long profileAlias = alias++;
      Map<String, Metric> metrics = new LinkedHashMap<>();
      for (PointSpec point : spec.points()) {
        metrics.put(point.id(), new Metric(point, alias++));
      }
      devices.put(spec.id(), new Device(spec, nameAlias, profileAlias, metrics));
    }
    return new SparkplugModel(pole, devices);
  }

  Optional<Device> device(String id) {
    return Optional.ofNullable(devices.get(id));
  }
}
