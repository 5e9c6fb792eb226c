package io.polegate.config;

import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code devices}. Used once, by one thread. */
final class DeviceReader {
  private static final String UNIT = "unit";
  private final Map<String, Bus> buses;
  private final Findings findings;

  DeviceReader(Map<String, Bus> buses, Findings findings) {
    this.buses = buses;
    this.findings = findings;
  }

  List<DeviceSpec> read(Node node) {
    List<DeviceSpec> specs = new ArrayList<>();
    for (Child child : Child.of(node, Child.Kind.DEVICE, findings)) {
      specs.add(read(child, child.section(Set.of(Keys.POINTS), findings)));
    }
    return specs;
  }

  private DeviceSpec read(Child child, Section section) {
    String id = section.value(Keys.BUS).orElse("");
    Optional<Bus> bus = Optional.ofNullable(buses.get(id));
    if (bus.isEmpty() && !id.isEmpty()) {
      section.reportUnknown(Keys.BUS.key(), "bus", id, buses.keySet());
    }
    Settings settings = Settings.NONE;
    Optional<DriverFactory> factory = bus.flatMap(Bus::factory);
    if (factory.isPresent()) {
      Schema schema = factory.get().deviceSettings();
      section.checkAll(Keys.OF_DEVICE, schema);
      settings = section.settings(schema);
      checkUnit(child.id(), section, bus.get(), schema);
    } else {
      section.checkOnly(Keys.OF_DEVICE);
    }
    return new DeviceSpec(
        child.id(),
        Names.of(section),
        id,
        section.value(Keys.POLL).orElse(Duration.ZERO),
        settings,
        points(child, section, settings, bus));
  }

  private void checkUnit(String id, Section section, Bus bus, Schema schema) {
    section
        .value(UNIT, schema)
        .map(unit -> bus.units().putIfAbsent(unit, id))
        .ifPresent(
            first ->
                section.report(
                    UNIT,
                    "device "
                        + Findings.quote(first)
                        + " has the same unit on this bus: give each device its own, or put the"
                        + " points of both into one"));
  }

  private List<PointSpec> points(
      Child child, Section section, Settings settings, Optional<Bus> bus) {
    Node.Entry entry = child.table().entries().get(Keys.POINTS);
    if (entry == null && section.has(Keys.PROFILE)) {
      return List.of(); // reported as a key that this version does not support
    }
    if (entry == null) {
      section.report("", "has no points: write them under \"points\"");
      return List.of();
    }
    PointReader reader = new PointReader(section, settings, bus, findings);
    List<PointSpec> points = reader.read(entry.value());
    if (entry.value() instanceof Node.Empty || isEmpty(entry.value())) {
      findings.add(
          entry.place(), "points of " + section.name() + ": is empty: write at least one point");
    }
    return points;
  }

  private static boolean isEmpty(Node node) {
    return node instanceof Node.Table table && table.entries().isEmpty();
  }
}
