package io.polegate.api.config;

import io.polegate.api.data.Value;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A thing on a bus.
 *
 * @param id {@code [a-z0-9-]{1,64}}
 * @param names name by language tag; may be empty
 * @param bus id of its bus
 * @param poll time from the start of one read to the start of the next
 * @param settings the driver's own, for instance the Modbus unit
 * @param points in document order, ids unique
 * @param profile what it was made from; empty if its points are written in the document
 * @param groups {@code [a-z0-9-]{1,64}}, for commands to several devices
 * @param tags free texts of the owner by key, for instance an asset code
 * @param setup values, in the unit, that points of it have to have for as long as it is in
 *     operation, for instance its own safe state: verified whenever it comes online, and written
 *     where they differ
 */
public record DeviceSpec(
    String id,
    Map<String, String> names,
    String bus,
    Duration poll,
    Settings settings,
    List<PointSpec> points,
    Optional<Profile> profile,
    List<String> groups,
    Map<String, String> tags,
    Map<String, Value> setup) {

  /** Copies the collections. */
  public DeviceSpec {
    names = Map.copyOf(names);
    points = List.copyOf(points);
    groups = List.copyOf(groups);
    tags = Map.copyOf(tags);
    setup = Map.copyOf(setup);
  }

  /** A device that is described by its points alone. */
  public DeviceSpec(
      String id,
      Map<String, String> names,
      String bus,
      Duration poll,
      Settings settings,
      List<PointSpec> points) {
    this(id, names, bus, poll, settings, points, Optional.empty(), List.of(), Map.of(), Map.of());
  }

  /**
   * What the device was made from.
   *
   * @param id of the profile
   * @param version of the profile
   * @param names name of the model by language tag
   * @param confidence how far the map can be trusted
   * @param source where its facts are from
   */
  public record Profile(
      String id, int version, Map<String, String> names, Confidence confidence, String source) {
    /** Copies the map. */
    public Profile {
      names = Map.copyOf(names);
    }
  }

  /** How far a register map can be trusted. */
  public enum Confidence {
    /** Two independent sources, or the maker's own manual. */
    HIGH,
    /** One good source. */
    MEDIUM,
    /** One weak source, or sources that disagree: compare with the real thing before use. */
    LOW
  }
}
