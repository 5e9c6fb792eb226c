package io.polegate.driver.simulator;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import io.polegate.driver.simulator.SimulatorSettings.Failing;
import io.polegate.driver.simulator.SimulatorSettings.Signal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Simulated devices that are always in reach. Thread rule of {@link Driver}. */
final class SimulatorDriver implements Driver {
  private static final Sample REFUSED =
      Sample.bad(BadReason.DEVICE_REFUSED, "the simulator refuses as configured");

  private final Map<String, Double> registers = new HashMap<>();
  private final LongSupplier nanos;
  private final long start;
  private final long seed;

  SimulatorDriver(Settings bus, LongSupplier nanos) throws InvalidSettingException {
    this.nanos = nanos;
    this.start = nanos.getAsLong();
    this.seed = bus.get(SimulatorSettings.SEED);
  }

  @Override
  public Point point(Settings device, Settings point) throws InvalidSettingException {
    return SimulatedPoint.of(device, point);
  }

  @Override
  public void open() {}

  @Override
  public List<Sample> read(List<Point> points) throws DeviceSilentException {
    for (Point point : points) {
      answering((SimulatedPoint) point);
    }
    return points.stream().map(point -> sample((SimulatedPoint) point)).toList();
  }

  @Override
  public void write(Point point, Value value) throws DeviceSilentException, WriteRejectedException {
    SimulatedPoint target = (SimulatedPoint) point;
    answering(target);
    if (target.failing() == Failing.REFUSING || target.signal() != Signal.REGISTER) {
      throw new WriteRejectedException("the simulator takes no value here");
    }
    if (value.type() != target.type()) {
      throw new WriteRejectedException("takes " + target.type() + ", not " + value.type());
    }
    double number = target.number(value);
    if (!target.takes(number)) {
      throw new WriteRejectedException(
          number + " is not from " + target.low() + " to " + target.high());
    }
    registers.put(target.register(), number);
  }

  @Override
  public void close() {}

  private Sample sample(SimulatedPoint point) {
    if (point.failing() == Failing.REFUSING || point.signal() == Signal.NONE) {
      return REFUSED;
    }
    double now = point.numberAt(Duration.ofNanos(nanos.getAsLong() - start), seed);
    return Sample.good(point.value(registers.getOrDefault(point.register(), now)));
  }

  private static void answering(SimulatedPoint point) throws DeviceSilentException {
    if (point.failing() == Failing.SILENT) {
      throw new DeviceSilentException("the simulated device is silent as configured");
    }
  }
}
