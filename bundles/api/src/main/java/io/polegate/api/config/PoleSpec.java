package io.polegate.api.config;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A whole document after it was checked. Plain data: two equal parts of two documents mean the
 * same, so a part that did not change is left alone.
 *
 * @param id asset code of the pole, {@code [A-Za-z0-9_-]{1,64}}
 * @param names name by language tag ({@code zh}, {@code en}); may be empty
 * @param location where it stands
 * @param timezone for schedules; stored times are always UTC
 * @param clock when the clock is trusted
 * @param journal limits of the journal
 * @param buses in document order, ids unique
 * @param devices in document order, ids unique, each on one of {@code buses}
 * @param connections uplinks in document order, ids unique
 */
public record PoleSpec(
    String id,
    Map<String, String> names,
    Optional<Location> location,
    ZoneId timezone,
    ClockSpec clock,
    JournalSpec journal,
    List<BusSpec> buses,
    List<DeviceSpec> devices,
    List<ConnectionSpec> connections) {

  /** Copies the collections. */
  public PoleSpec {
    names = Map.copyOf(names);
    buses = List.copyOf(buses);
    devices = List.copyOf(devices);
    connections = List.copyOf(connections);
  }

  /** A document that says nothing of the clock. */
  public PoleSpec(
      String id,
      Map<String, String> names,
      Optional<Location> location,
      ZoneId timezone,
      JournalSpec journal,
      List<BusSpec> buses,
      List<DeviceSpec> devices,
      List<ConnectionSpec> connections) {
    this(id, names, location, timezone, ClockSpec.DEFAULT, journal, buses, devices, connections);
  }

  /**
   * A place on earth, WGS 84.
   *
   * @param latitude degrees, -90 to 90, north positive
   * @param longitude degrees, -180 to 180, east positive
   */
  public record Location(double latitude, double longitude) {}
}
