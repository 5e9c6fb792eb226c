package io.polegate.config;

import io.polegate.api.config.PointSpec;
import io.polegate.api.config.PointSpec.Limits;
import io.polegate.api.config.PointSpec.ReportSpec;
import io.polegate.api.config.PointSpec.Scaling;
import io.polegate.api.driver.Access;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Point;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads the {@code points} of one device. Used once, by one thread. */
final class PointReader {
  private final Section device;
  private final Settings deviceSettings;
  private final Optional<Bus> bus;
  private final Findings findings;

  PointReader(Section device, Settings deviceSettings, Optional<Bus> bus, Findings findings) {
    this.device = device;
    this.deviceSettings = deviceSettings;
    this.bus = bus;
    this.findings = findings;
  }

  List<PointSpec> read(Node node) {
    List<PointSpec> specs = new ArrayList<>();
    for (Child child : Child.of(node, Child.Kind.pointOf(device), findings)) {
      specs.add(read(child.id(), child.section(Set.of(), findings)));
    }
    return specs;
  }

  private PointSpec read(String id, Section section) {
    Settings settings = Settings.NONE;
    Optional<DriverFactory> factory = bus.flatMap(Bus::factory);
    if (factory.isPresent()) {
      Schema schema = factory.get().pointSettings();
      section.checkAll(Keys.OF_POINT, schema);
      settings = section.settings(schema);
    } else {
      section.checkOnly(Keys.OF_POINT);
    }
    checkLimits(section);
    PointSpec spec = spec(id, section, settings);
    address(section, settings).ifPresent(point -> PointCheck.check(section, spec, point));
    return spec;
  }

  /** The address, if everything that the driver needs to understand it is in order. */
  private Optional<Point> address(Section section, Settings settings) {
    return bus.filter(known -> fits(known, section))
        .flatMap(Bus::driver)
        .flatMap(driver -> section.ask(() -> driver.point(deviceSettings, settings), device));
  }

  private boolean fits(Bus known, Section section) {
    return known
        .factory()
        .filter(factory -> device.fits(factory.deviceSettings()))
        .filter(factory -> section.fits(factory.pointSettings()))
        .isPresent();
  }

  private static PointSpec spec(String id, Section section, Settings settings) {
    return new PointSpec(
        id,
        Names.of(section),
        settings,
        new Scaling(section.value(Keys.SCALE).orElse(1.0), section.value(Keys.OFFSET).orElse(0.0)),
        section.value(Keys.UNIT).orElse(""),
        section.value(Keys.ACCESS).orElse(Access.READ),
        new Limits(number(section, Keys.MIN), number(section, Keys.MAX)),
        report(section),
        Optional.empty());
  }

  private static ReportSpec report(Section section) {
    return section.has(Keys.REPORT)
            || section.has(Keys.DEADBAND.key())
            || section.has(Keys.MAX_AGE.key())
        ? new ReportSpec(
            section.value(Keys.DEADBAND).orElse(0.0),
            section.value(Keys.MAX_AGE).orElse(Duration.ZERO),
            Optional.empty())
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
