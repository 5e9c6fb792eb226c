package io.polegate.core;

import io.polegate.api.config.BusSpec;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.settings.InvalidSettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a bus with its devices and points out of the document. Immutable. */
final class BusBuilder {
  private static final Logger LOG = LoggerFactory.getLogger(BusBuilder.class);

  private final Consumer<JournalItem> journal;
  private final TimeTrust trust;
  private final EventLog events;
  private final LongSupplier nanos;
  private final DoubleSupplier random;

  BusBuilder(
      Consumer<JournalItem> journal,
      TimeTrust trust,
      EventLog events,
      LongSupplier nanos,
      DoubleSupplier random) {
    this.journal = journal;
    this.trust = trust;
    this.events = events;
    this.nanos = nanos;
    this.random = random;
  }

  /**
   * Makes a bus; no I/O.
   *
   * @return empty if the installed driver does not accept what was checked against another version
   *     of it
   */
  Optional<BusLine> build(BusSpec bus, List<DeviceSpec> specs, DriverFactory factory) {
    try {
      Driver driver = factory.create(bus.settings());
      List<PolledDevice> devices = new ArrayList<>();
      for (DeviceSpec spec : specs) {
        devices.add(device(bus, spec, driver));
      }
      return Optional.of(new BusLine(bus, driver, devices, backOff(bus), trust, events, nanos));
    } catch (InvalidSettingException e) {
      LOG.error("bus \"{}\" cannot be made: {} {}", bus.id(), e.key(), e.getMessage());
      return Optional.empty();
    }
  }

  private PolledDevice device(BusSpec bus, DeviceSpec spec, Driver driver)
      throws InvalidSettingException {
    List<PolledPoint> points = new ArrayList<>();
    for (PointSpec point : spec.points()) {
      points.add(
          new PolledPoint(
              spec.id(), point, driver.point(spec.settings(), point.settings()), journal));
    }
    return new PolledDevice(spec, points, backOff(bus), trust, events, nanos.getAsLong());
  }

  private BackOff backOff(BusSpec bus) {
    return new BackOff(bus.retryLimit(), random);
  }
}
