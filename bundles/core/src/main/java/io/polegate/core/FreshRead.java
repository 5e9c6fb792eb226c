package io.polegate.core;

import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.Value;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.time.PoleClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Reads points outside their polls and leads them through their pipelines all the same. Runs on the
 * thread of the bus.
 */
final class FreshRead {
  private final GuardedDriver driver;
  private final PoleClock clock;
  private final LongSupplier nanos;

  FreshRead(GuardedDriver driver, PoleClock clock, LongSupplier nanos) {
    this.driver = driver;
    this.clock = clock;
    this.nanos = nanos;
  }

  /** A point and what it said just now. */
  record Fresh(PolledPoint point, Sample sample, Reading reading) {

    /** Whether waiting for it was in vain. */
    boolean isSilent() {
      return GuardedDriver.isSilent(sample);
    }

    /** Empty if it is not good. */
    Optional<Value> value() {
      return reading instanceof Reading.Good good ? Optional.of(good.value()) : Optional.empty();
    }
  }

  /**
   * Asks a device once.
   *
   * @param points of the device, at least one
   * @return each with what it said; those that tell the scale of others first
   * @throws DeviceSilentException if nothing was answered at all
   */
  List<Fresh> of(PolledDevice device, List<PolledPoint> points)
      throws DeviceSilentException, EndpointDownException {
    List<PolledPoint> asked =
        points.stream().sorted(Comparator.comparing(PolledPoint::dependsOnOthers)).toList();
    List<Point> addresses = asked.stream().map(PolledPoint::point).toList();
    long started = nanos.getAsLong();
    SampleTime time = clock.now();
    List<Sample> samples = driver.read(addresses);
    List<Fresh> fresh = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      PolledPoint point = asked.get(i);
      Reading reading = point.accept(samples.get(i), time, clock, started);
      fresh.add(new Fresh(point, samples.get(i), reading));
    }
    device.heard(nanos.getAsLong());
    if (fresh.stream().anyMatch(Fresh::isSilent)) {
      device.wentPartlySilent();
    }
    return fresh;
  }

  /** As above for one point. */
  Fresh of(PolledDevice device, PolledPoint point)
      throws DeviceSilentException, EndpointDownException {
    return of(device, List.of(point)).get(0);
  }
}
