package io.polegate.api.config;

import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A thing on a bus.
 *
 * @param id {@code [a-z0-9-]{1,64}}
 * @param names name by language tag; may be empty
 * @param bus id of its bus
 * @param poll time from the start of one read to the start of the next
 * @param settings the driver's own, for instance the Modbus unit
 * @param points in document order, ids unique
 */
public record DeviceSpec(
    String id,
    Map<String, String> names,
    String bus,
    Duration poll,
    Settings settings,
    List<PointSpec> points) {

  /** Copies the collections. */
  public DeviceSpec {
    names = Map.copyOf(names);
    points = List.copyOf(points);
  }
}
