package io.polegate.core;

import io.polegate.api.config.BusSpec;
import io.polegate.api.config.Coding;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.JournalSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.config.PointSpec.Heartbeat;
import io.polegate.api.config.PointSpec.Limits;
import io.polegate.api.config.PointSpec.ReportSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.driver.Access;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Pieces of documents for tests. */
final class Specs {
  private Specs() {}

  static PoleSpec pole(List<BusSpec> buses, DeviceSpec... devices) {
    return new PoleSpec(
        "P-1",
        Map.of(),
        Optional.empty(),
        ZoneOffset.UTC,
        JournalSpec.DEFAULT,
        buses,
        List.of(devices),
        List.of());
  }

  static BusSpec bus(String id, String driver, Map<String, String> settings) {
    return new BusSpec(id, driver, Duration.ofSeconds(60), new Settings(settings));
  }

  /** With the one point {@code level}. */
  static DeviceSpec device(String bus, String unit) {
    return device(bus, unit, LineRig.POLL, point("level", Access.READ_WRITE, Optional.empty()));
  }

  static DeviceSpec device(String bus, String unit, Duration poll, PointSpec... points) {
    return new DeviceSpec(
        unit, Map.of(), bus, poll, new Settings(Map.of("unit", unit)), List.of(points));
  }

  static PointSpec point(String id, Access access, Optional<Heartbeat> heartbeat) {
    return point(id, access, ReportSpec.ALWAYS, heartbeat);
  }

  static PointSpec point(
      String id, Access access, ReportSpec report, Optional<Heartbeat> heartbeat) {
    return new PointSpec(
        id,
        Map.of(),
        new Settings(Map.of("address", id)),
        Coding.linear(0.1, 0),
        "%",
        access,
        Limits.NONE,
        report,
        heartbeat);
  }

  /** With a poll interval of its own. */
  static PointSpec slow(String id, Duration poll, Coding coding) {
    PointSpec point = point(id, Access.READ, Optional.empty());
    return new PointSpec(
        id,
        Map.of(),
        point.settings(),
        coding,
        "",
        point.access(),
        Limits.NONE,
        ReportSpec.ALWAYS,
        Optional.empty(),
        Optional.of(poll),
        List.of(),
        Optional.empty());
  }

  /** Written by the gateway, not read. */
  static PointSpec beating(Duration every, OptionalDouble release) {
    return point("beat", Access.WRITE, Optional.of(new Heartbeat(10, every, release)));
  }
}
