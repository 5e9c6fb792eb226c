package io.polegate.config;

import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.driver.BusTime;
import io.polegate.api.driver.Point;
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
      Optional<Bus> bus = Optional.ofNullable(buses.get(child.text(Keys.BUS.key())));
      Findings own = bus.map(Bus::findings).orElse(findings);
      specs.add(read(child, child.section(Set.of(Keys.POINTS), own), bus, own));
    }
    return specs;
  }

  private DeviceSpec read(Child child, Section section, Optional<Bus> bus, Findings own) {
    String id = section.value(Keys.BUS).orElse("");
    if (bus.isEmpty() && !id.isEmpty()) {
      section.reportUnknown(Keys.BUS.key(), "bus", id, buses.keySet());
    }
    Settings settings = Settings.NONE;
    Optional<Vocabulary> vocabulary = bus.flatMap(Bus::vocabulary);
    if (vocabulary.isPresent()) {
      Schema schema = vocabulary.get().device();
      section.checkAll(Keys.OF_DEVICE, schema);
      settings = section.settings(schema);
      checkUnit(new Bus.Unit(bus.get().id(), child.id()), section, bus.get(), schema);
    } else {
      section.checkOnly(Keys.OF_DEVICE);
    }
    PointReader reader = new PointReader(section, settings, bus, own);
    DeviceSpec spec =
        new DeviceSpec(
            child.id(),
            Names.of(section),
            id,
            section.value(Keys.POLL).orElse(Duration.ZERO),
            settings,
            points(child, section, reader, own));
    bus.ifPresent(on -> demand(spec, reader, on, section));
    return spec;
  }

  private static void checkUnit(Bus.Unit device, Section section, Bus bus, Schema schema) {
    Optional<Bus.Unit> first =
        section.value(UNIT, schema).map(unit -> bus.units().putIfAbsent(unit, device));
    if (first.isPresent()) {
      boolean here = first.get().bus().equals(device.bus());
      section.report(
          UNIT,
          "device "
              + Findings.quote(first.get().device())
              + (here ? "" : " of bus " + Findings.quote(first.get().bus()))
              + " has the same unit "
              + (here ? "on this bus" : "at the same end")
              + ": give each device its own, or put the points of both into one");
    }
  }

  /** What the device will ask of the bus, if the driver can tell. */
  private static void demand(DeviceSpec spec, PointReader reader, Bus bus, Section section) {
    if (bus.driver().orElse(null) instanceof BusTime busTime && !spec.poll().isZero()) {
      demand(spec, reader.polled(), spec.poll(), busTime, bus, section);
      // a beat is a request and its answer, about as long as a read of that point
      reader
          .beats()
          .forEach((at, every) -> demand(spec, List.of(at), every, busTime, bus, section));
    }
  }

  private static void demand(
      DeviceSpec spec,
      List<Point> points,
      Duration every,
      BusTime busTime,
      Bus bus,
      Section section) {
    section
        .ask(() -> Demand.of(spec.id(), busTime.busTime(points), every), section)
        .ifPresent(bus.demands()::add);
  }

  private List<PointSpec> points(Child child, Section section, PointReader reader, Findings own) {
    Node.Entry entry = child.table().entries().get(Keys.POINTS);
    if (entry == null && section.has(Keys.PROFILE)) {
      return List.of(); // reported as a key that this version does not support
    }
    if (entry == null) {
      section.report("", "has no points: write them under \"points\"");
      return List.of();
    }
    List<PointSpec> points = reader.read(entry.value());
    if (entry.value() instanceof Node.Empty || isEmpty(entry.value())) {
      own.add(
          entry.place(), "points of " + section.name() + ": is empty: write at least one point");
    }
    return points;
  }

  private static boolean isEmpty(Node node) {
    return node instanceof Node.Table table && table.entries().isEmpty();
  }
}
