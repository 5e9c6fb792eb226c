package io.polegate.config;

import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.driver.BusTime;
import io.polegate.api.driver.Point;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code devices}. Used once, by one thread. */
final class DeviceReader {
  private static final String UNIT = "unit";
  private final Map<String, Bus> buses;
  private final ProfileReader profiles;
  private final Findings findings;

  DeviceReader(Map<String, Bus> buses, ProfileReader profiles, Findings findings) {
    this.buses = buses;
    this.profiles = profiles;
    this.findings = findings;
  }

  List<DeviceSpec> read(Node node) {
    List<DeviceSpec> specs = new ArrayList<>();
    for (Child child : Child.of(node, Child.Kind.DEVICE, findings)) {
      Optional<Bus> bus = Optional.ofNullable(buses.get(child.text(Keys.BUS.key())));
      Findings around = bus.map(Bus::findings).orElse(findings);
      boolean part = profiles.hasOwn(child) || SecretReferences.lacksOne(child.table());
      Findings own = part ? around.part() : around;
      ProfileReader.Made made = profiles.read(child, bus, own);
      Section section = made.device().section(Keys.BESIDE_DEVICE, own);
      PointReader reader = new PointReader(section, settings(section, bus), bus, own);
      DeviceSpec spec = read(made, section, reader, bus, own);
      // what is left out is in nobody's way
      if (!part || isRight(child, own)) {
        bus.ifPresent(on -> takePlace(spec, made, section, reader, on));
      }
      if (!part || isRight(child, own)) {
        specs.add(spec);
      }
    }
    return specs;
  }

  private boolean isRight(Child device, Findings own) {
    return own.first().isEmpty() && !profiles.hasWrong(device);
  }

  private static Settings settings(Section section, Optional<Bus> bus) {
    return bus.flatMap(Bus::vocabulary)
        .map(words -> section.settings(words.device()))
        .orElse(Settings.NONE);
  }

  private DeviceSpec read(
      ProfileReader.Made made,
      Section section,
      PointReader reader,
      Optional<Bus> bus,
      Findings own) {
    Child child = made.device();
    String id = section.value(Keys.BUS).orElse("");
    if (bus.isEmpty() && !id.isEmpty()) {
      section.reportUnknown(Keys.BUS.key(), "bus", id, buses.keySet());
    }
    Optional<Vocabulary> vocabulary = bus.flatMap(Bus::vocabulary);
    if (vocabulary.isPresent()) {
      section.checkAll(Keys.OF_DEVICE, vocabulary.get().device());
    } else {
      section.checkOnly(Keys.OF_DEVICE);
    }
    return new DeviceSpec(
        child.id(),
        Names.of(section),
        id,
        section.value(Keys.POLL).orElse(Duration.ZERO),
        settings(section, bus),
        points(child, section, reader, own),
        made.profile(),
        groups(child, own),
        tags(child, own),
        reader.others().setup(child.table().table(Keys.SETUP)));
  }

  private static void takePlace(
      DeviceSpec spec, ProfileReader.Made made, Section section, PointReader reader, Bus bus) {
    bus.vocabulary().ifPresent(words -> checkUnit(made, section, bus, words.device()));
    demand(spec, reader, bus, section);
  }

  private static List<String> groups(Child child, Findings own) {
    List<String> groups = new ArrayList<>();
    for (Texts.Item item : Texts.list(child, Keys.GROUPS, own)) {
      if (Keys.ID.matcher(item.value()).matches()) {
        groups.add(item.value());
      } else {
        own.add(
            item.place(),
            "groups of "
                + child.name()
                + ": "
                + Findings.quote(item.value())
                + " is no name of a group: write 1 to 64 of a-z, 0-9 and -");
      }
    }
    return groups;
  }

  private static Map<String, String> tags(Child child, Findings own) {
    Map<String, String> tags = new LinkedHashMap<>();
    child
        .table()
        .table(Keys.TAGS)
        .entries()
        .forEach(
            (key, entry) -> {
              if (entry.value() instanceof Node.Text text && Keys.ID.matcher(key).matches()) {
                tags.put(key, text.value());
              } else {
                own.add(
                    entry.place(),
                    "tags of " + child.name() + ": write key: text, the key of a-z, 0-9 and -");
              }
            });
    return tags;
  }

  /** Several devices may be behind one unit if the parameters of their profile tell them apart. */
  private static void checkUnit(ProfileReader.Made made, Section section, Bus bus, Schema schema) {
    Bus.Unit device = new Bus.Unit(bus.id(), made.device().id());
    Optional<Bus.Unit> first =
        section
            .value(UNIT, schema)
            .map(unit -> bus.units().putIfAbsent(unit + made.parameters(), device));
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
      section
          .ask(() -> Demand.ofPolls(spec.id(), busTime, reader.polled(), spec.poll()), section)
          .ifPresent(bus.demands()::addAll);
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
    if (entry == null && section.has(Keys.PROFILE.key())) {
      return List.of(); // there is no such profile, which was reported
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
