package io.polegate.core;

import io.polegate.api.config.BusSpec;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.data.Value;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.time.PoleClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Makes a bus with its devices and points out of the document. Immutable. */
final class BusBuilder {
  private final Consumer<JournalItem> journal;
  private final PoleClock clock;
  private final EventLog events;
  private final LongSupplier nanos;
  private final DoubleSupplier random;

  BusBuilder(
      Consumer<JournalItem> journal,
      PoleClock clock,
      EventLog events,
      LongSupplier nanos,
      DoubleSupplier random) {
    this.journal = journal;
    this.clock = clock;
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
      BusTrace trace = trace();
      GuardedDriver driver = new GuardedDriver(bus.id(), factory.create(bus.settings()), trace);
      Lineup lineup = lineup(bus, specs, driver, Lineup.NONE);
      PushIntake pushes = new PushIntake(bus.id(), lineup.readable(), clock, nanos);
      BusLine.Parts parts = new BusLine.Parts(driver, lineup, trace, pushes);
      return new BusLine(bus, parts, backOff(bus), clock, events, nanos);
    } catch (InvalidSettingException e) {
      throw new CannotBuildException(e.key() + " " + Errors.inWords(e), e);
    } catch (Throwable e) {
      throw new CannotBuildException("the driver failed: " + Errors.inWords(e), e);
    }
  }

  /**
   * Makes what comes after the present devices of a bus that goes on: devices that did not change
   * are the same ones. No I/O; on the thread of the bus, whose driver is asked.
   *
   * @throws CannotBuildException as {@link #build}
   */
  Lineup change(BusLine line, List<DeviceSpec> specs) throws CannotBuildException {
    try {
      return lineup(line.spec(), specs, line.driver(), line.lineup());
    } catch (InvalidSettingException e) {
      throw new CannotBuildException(e.key() + " " + Errors.inWords(e), e);
    } catch (Throwable e) {
      throw new CannotBuildException("the driver failed: " + Errors.inWords(e), e);
    }
  }

  /** An empty one. */
  BusTrace trace() {
    return new BusTrace(clock);
  }

  /** A bus cannot be made with the driver that is installed. */
  static final class CannotBuildException extends Exception {
    private static final long serialVersionUID = 1L;

    private CannotBuildException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private Lineup lineup(BusSpec bus, List<DeviceSpec> specs, GuardedDriver driver, Lineup before)
      throws InvalidSettingException {
    List<PolledDevice> devices = new ArrayList<>();
    List<Heartbeat> heartbeats = new ArrayList<>();
    for (DeviceSpec spec : specs) {
      Optional<PolledDevice> was = before.device(spec.id());
      if (was.isPresent() && was.get().isDescribedBy(spec)) {
        devices.add(was.get());
        heartbeats.addAll(before.heartbeatsOf(was.get()));
      } else {
        PolledDevice device = device(bus, spec, driver, was);
        devices.add(device);
        heartbeats.addAll(heartbeats(device, was.map(before::heartbeatsOf).orElse(List.of())));
      }
    }
    return new Lineup(devices, heartbeats);
  }

  private PolledDevice device(
      BusSpec bus, DeviceSpec spec, GuardedDriver driver, Optional<PolledDevice> was)
      throws InvalidSettingException {
    Map<String, PolledPoint> points = new LinkedHashMap<>();
    Function<String, Optional<Value>> others =
        id -> Optional.ofNullable(points.get(id)).flatMap(PolledPoint::value);
    for (PointSpec point : spec.points()) {
      Optional<PolledPoint> same =
          was.filter(device -> device.settings().equals(spec.settings()))
              .flatMap(device -> device.point(point.id()))
              .filter(old -> old.spec().equals(point));
      points.put(
          point.id(),
          same.isPresent()
              ? new PolledPoint(same.get(), others)
              : new PolledPoint(
                  spec.id(),
                  point,
                  driver.point(spec.settings(), point.settings()),
                  others,
                  journal));
    }
    PolledDevice device =
        new PolledDevice(
            spec,
            List.copyOf(points.values()),
            bus.retryLimit(),
            backOff(bus),
            clock,
            events,
            nanos.getAsLong());
    was.ifPresent(device::follow);
    return device;
  }

  private List<Heartbeat> heartbeats(PolledDevice device, List<Heartbeat> before)
      throws InvalidSettingException {
    List<Heartbeat> heartbeats = new ArrayList<>();
    for (PolledPoint point : device.points()) {
      Optional<Heartbeat> same =
          before.stream()
              .filter(old -> old.device().settings().equals(device.settings()))
              .filter(old -> old.spec().equals(point.spec()))
              .findFirst();
      if (same.isPresent()) {
        heartbeats.add(same.get().at(device, point));
      } else {
        Heartbeat.of(device, point, nanos.getAsLong()).ifPresent(heartbeats::add);
      }
    }
    return heartbeats;
  }

  private BackOff backOff(BusSpec bus) {
    return new BackOff(bus.retryLimit(), random);
  }
}
