package io.polegate.config;

import io.polegate.api.config.PointSpec;
import io.polegate.api.config.PointSpec.Heartbeat;
import io.polegate.api.config.PointSpec.Limits;
import io.polegate.api.config.PointSpec.ReportSpec;
import io.polegate.api.driver.Access;
import io.polegate.api.driver.Point;
import io.polegate.api.settings.Quantity;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads the {@code points} of one device. Used once, by one thread. */
final class PointReader {
  private final Section device;
  private final Settings deviceSettings;
  private final Optional<Bus> bus;
  private final Findings findings;
  private final Map<String, PointDraft> drafts = new LinkedHashMap<>();
  private final List<Demand.Polled> polled = new ArrayList<>();
  private final Map<Point, Duration> beats = new LinkedHashMap<>();

  PointReader(Section device, Settings deviceSettings, Optional<Bus> bus, Findings findings) {
    this.device = device;
    this.deviceSettings = deviceSettings;
    this.bus = bus;
    this.findings = findings;
  }

  List<PointSpec> read(Node node) {
    for (Child child : Child.of(node, Child.Kind.pointOf(device), findings)) {
      drafts.put(child.id(), read(child, child.section(Keys.BESIDE_POINT, findings)));
    }
    OtherPoints others = others();
    return drafts.values().stream().map(others::tied).toList();
  }

  /** What the points that were read have to do with each other. */
  OtherPoints others() {
    return new OtherPoints(drafts, device, findings);
  }

  /** The points that will be polled and how often, those that are wrong left out. */
  List<Demand.Polled> polled() {
    return polled;
  }

  /** How often the gateway writes to which points by itself. */
  Map<Point, Duration> beats() {
    return beats;
  }

  private PointDraft read(Child child, Section section) {
    Settings settings = Settings.NONE;
    Optional<Vocabulary> vocabulary = bus.flatMap(Bus::vocabulary);
    if (vocabulary.isPresent()) {
      Schema schema = vocabulary.get().point();
      section.checkAll(Keys.OF_POINT, schema);
      settings = section.settings(schema);
    } else {
      section.checkOnly(Keys.OF_POINT);
    }
    checkLimits(section);
    PointSpec spec = spec(child, section, settings);
    Optional<Point> point = address(section, settings);
    point.ifPresent(at -> PointCheck.check(section, spec, at));
    checkPoll(section);
    Duration every = spec.poll().or(() -> device.value(Keys.POLL)).orElse(Duration.ZERO);
    point
        .filter(at -> spec.access().readable())
        .ifPresent(at -> polled.add(new Demand.Polled(at, every)));
    spec.heartbeat()
        .filter(beat -> !beat.every().isZero())
        .ifPresent(beat -> point.ifPresent(at -> beats.put(at, beat.every())));
    return new PointDraft(child, section, spec, point);
  }

  private void checkPoll(Section section) {
    Optional<Duration> own = section.value(Keys.POINT_POLL);
    Optional<Duration> all = device.value(Keys.POLL);
    if (own.isPresent() && all.isPresent() && own.get().compareTo(all.get()) < 0) {
      section.report(
          Keys.POINT_POLL.key(),
          "is shorter than that of its device, "
              + Quantity.text(all.get())
              + ": write a longer one, or poll the device more often");
    }
  }

  /** The address, if everything that the driver needs to understand it is in order. */
  private Optional<Point> address(Section section, Settings settings) {
    return bus.filter(known -> fits(known, section))
        .flatMap(Bus::driver)
        .flatMap(driver -> section.ask(() -> driver.point(deviceSettings, settings), device));
  }

  private boolean fits(Bus known, Section section) {
    return known
        .vocabulary()
        .filter(words -> device.fits(words.device()))
        .filter(words -> section.fits(words.point()))
        .isPresent();
  }

  private PointSpec spec(Child child, Section section, Settings settings) {
    return new PointSpec(
        child.id(),
        Names.of(section),
        settings,
        new CodingReader(child, section, findings).read(),
        section.value(Keys.UNIT).orElse(""),
        section.value(Keys.ACCESS).orElse(Access.READ),
        new Limits(number(section, Keys.MIN), number(section, Keys.MAX)),
        report(section),
        heartbeat(section),
        section.value(Keys.POINT_POLL),
        List.of(),
        Optional.empty());
  }

  private static Optional<Heartbeat> heartbeat(Section section) {
    return section
        .value(Keys.HEARTBEAT_VALUE)
        .flatMap(
            value ->
                section
                    .value(Keys.HEARTBEAT_EVERY)
                    .map(every -> new Heartbeat(value, every, number(section, Keys.RELEASE))));
  }

  private static ReportSpec report(Section section) {
    return section.has(Keys.REPORT)
            || section.has(Keys.DEADBAND.key())
            || section.has(Keys.MAX_AGE.key())
            || section.has(Keys.EVENT.key())
        ? new ReportSpec(
            section.value(Keys.DEADBAND).orElse(0.0),
            section.value(Keys.MAX_AGE).orElse(Duration.ZERO),
            section.value(Keys.EVENT).map(Keys.EventLane::lane))
        : ReportSpec.ALWAYS;
  }

  private static void checkLimits(Section section) {
    OptionalDouble min = number(section, Keys.MIN);
    OptionalDouble max = number(section, Keys.MAX);
    if (min.isPresent() && max.isPresent() && min.getAsDouble() > max.getAsDouble()) {
      section.report(Keys.MIN.key(), "is more than max: exchange the two");
    }
  }

  private static OptionalDouble number(Section section, Setting<Double> setting) {
    return section.value(setting).stream().mapToDouble(Double::doubleValue).findFirst();
  }
}
