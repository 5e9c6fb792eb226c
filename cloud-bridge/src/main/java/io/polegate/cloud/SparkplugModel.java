package io.polegate.cloud;

import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.config.PoleSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that one document makes the node report. Immutable.
 *
 * @param pole the document
 * @param devices by id, in document order
 */
record SparkplugModel(PoleSpec pole, Map<String, Device> devices) {

  /** The metrics of one device: its name, its profile, and its points by id. */
  record Device(DeviceSpec spec, Map<String, Metric> metrics) {
    /** Position of its name among its metrics. */
    static final int NAME = 0;

    /** Position of its profile. */
    static final int PROFILE = 1;

    private static final int FIRST_POINT = 2;

    /** Number of its metrics. */
    int size() {
      return FIRST_POINT + metrics.size();
    }

    /** The point at this position. */
    Optional<Metric> at(long position) {
      return metrics.values().stream().filter(metric -> metric.position() == position).findFirst();
    }

    /** Whether it is ever polled, so that its silence means something. */
    boolean polled() {
      return metrics.values().stream().anyMatch(metric -> metric.point().access().readable());
    }
  }

  /** A point as a metric; its name is the id of the point. Its alias follows from its position. */
  record Metric(PointSpec point, int position) {}

  /** Copies the map, keeping its order. */
  SparkplugModel {
    devices = Collections.unmodifiableMap(new LinkedHashMap<>(devices));
  }

  static SparkplugModel of(PoleSpec pole) {
    Map<String, Device> devices = new LinkedHashMap<>();
    for (DeviceSpec spec : pole.devices()) {
      Map<String, Metric> metrics = new LinkedHashMap<>();
      for (PointSpec point : spec.points()) {
        metrics.put(point.id(), new Metric(point, Device.FIRST_POINT + metrics.size()));
      }
      devices.put(spec.id(), new Device(spec, metrics));
    }
    return new SparkplugModel(pole, devices);
  }

  Optional<Device> device(String id) {
    return Optional.ofNullable(devices.get(id));
  }
}
