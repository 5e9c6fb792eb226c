package io.polegate.core;

import io.polegate.api.config.BusSpec;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.settings.InvalidSettingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Makes a bus with its devices and points out of the document. Immutable. */
final class BusBuilder {
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
   * @throws CannotBuildException if the installed driver does not accept what was checked against
   *     another version of it, or throws what it must not
   */
  BusLine build(BusSpec bus, List<DeviceSpec> specs, DriverFactory factory)
      throws CannotBuildException {
    try {
      Driver driver = factory.create(bus.settings());
      List<PolledDevice> devices = new ArrayList<>();
      List<Heartbeat> heartbeats = new ArrayList<>();
      for (DeviceSpec spec : specs) {
        PolledDevice device = device(bus, spec, driver);
        devices.add(device);
        for (PolledPoint point : device.points()) {
          Heartbeat.of(device, point, nanos.getAsLong()).ifPresent(heartbeats::add);
        }
      }
      BusTrace trace = new BusTrace(trust);
      List<PolledPoint> readable = devices.stream().flatMap(d -> d.readable().stream()).toList();
      BusLine.Parts parts =
          new BusLine.Parts(
              new GuardedDriver(bus.id(), driver, trace),
              devices,
              heartbeats,
              trace,
              new PushIntake(bus.id(), readable, trust, nanos));
      return new BusLine(bus, parts, backOff(bus), trust, events, nanos);
    } catch (InvalidSettingException e) {
      throw new CannotBuildException(e.key() + " " + Errors.inWords(e), e);
    } catch (Throwable e) {
      throw new CannotBuildException("the driver failed: " + Errors.inWords(e), e);
    }
  }

  /** A bus cannot be made with the driver that is installed. */
  static final class CannotBuildException extends Exception {
    private static final long serialVersionUID = 1L;

    private CannotBuildException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private PolledDevice device(BusSpec bus, DeviceSpec spec, Driver driver)
      throws InvalidSettingException {
    Map<String, PolledPoint> points = new LinkedHashMap<>();
    for (PointSpec point : spec.points()) {
      points.put(
          point.id(),
          new PolledPoint(
              spec.id(),
              point,
              driver.point(spec.settings(), point.settings()),
              id -> Optional.ofNullable(points.get(id)).flatMap(PolledPoint::value),
              journal));
    }
    return new PolledDevice(
        spec,
        List.copyOf(points.values()),
        bus.retryLimit(),
        backOff(bus),
        trust,
        events,
        nanos.getAsLong());
  }

  private BackOff backOff(BusSpec bus) {
    return new BackOff(bus.retryLimit(), random);
  }
}
