package io.polegate.core;

import io.polegate.api.config.Coding;
import io.polegate.api.config.Coding.Meaning;
import io.polegate.api.config.Curve;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.config.PointSpec.Limits;
import io.polegate.api.config.PointSpec.ReportSpec;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Access;
import io.polegate.api.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A relay module with a safe state of its own, as WB-MR6C. */
final class Relay {
  /** Limits are for numbers: they say nothing about values with names. */
  private static final Limits FOR_NUMBERS =
      new Limits(OptionalDouble.of(0), OptionalDouble.of(0.5));

  private Relay() {}

  private static PointSpec point(String id, Access access, Coding coding, Limits limits) {
    return new PointSpec(
        id,
        Map.of(),
        new Settings(Map.of("address", id)),
        coding,
        "",
        access,
        limits,
        ReportSpec.ALWAYS,
        Optional.empty());
  }

  /** How it is written in a document. */
  static DeviceSpec spec(String bus, Map<String, Value> setup) {
    Coding onOff =
        new Coding(
            1,
            0,
            OptionalLong.empty(),
            Curve.LINEAR,
            List.of(
                new Meaning(new Value.Text("off"), 0, Map.of()),
                new Meaning(new Value.Text("on"), 1, Map.of())),
            List.of(),
            List.of(),
            List.of());
    Limits time = new Limits(OptionalDouble.of(1), OptionalDouble.of(600));
    List<PointSpec> points =
        List.of(
            point("safety-time", Access.READ_WRITE, Coding.linear(0.1, 0), time),
            point("safe-1", Access.READ_WRITE, onOff, FOR_NUMBERS),
            point("input", Access.READ, Coding.NONE, Limits.NONE),
            point("pulse", Access.WRITE, Coding.NONE, Limits.NONE));
    return new DeviceSpec(
        "relay",
        Map.of(),
        bus,
        LineRig.POLL,
        new Settings(Map.of("unit", "relay")),
        points,
        Optional.empty(),
        List.of(),
        Map.of(),
        setup);
  }
}
