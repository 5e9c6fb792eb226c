package io.polegate.core;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Browse;
import io.polegate.api.driver.DeviceProbe;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.FrameTrace;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.PushSource;
import io.polegate.api.driver.RawRequest;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin's driver held to its contract: whatever else it throws or returns makes its endpoint
 * down, which costs its own bus a restart and nothing else. {@link #close} never throws. Counts
 * what was answered and what was not. Threads as for {@link Driver}.
 */
final class GuardedDriver {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedDriver.class);

  private final String bus;
  private final Driver driver;
  private final BusTrace trace;

  /** Listens to the frames of the driver if it shows them. */
  GuardedDriver(String bus, Driver driver, BusTrace trace) {
    this.bus = bus;
    this.driver = driver;
    this.trace = trace;
    if (driver instanceof FrameTrace shown) {
      shown.traceTo(trace::frame);
    }
  }

  private interface Call<T> {
    T make() throws DriverException;
  }

  private <T> T counted(Call<T> call)
      throws WriteRejectedException, DeviceSilentException, EndpointDownException {
    try {
      T answer = call.make();
      if (!(driver instanceof FrameTrace)) {
        trace.answered();
      }
      return answer;
    } catch (DeviceSilentException e) {
      trace.timedOut();
      throw e;
    } catch (WriteRejectedException | EndpointDownException e) {
      throw e;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** As {@link Driver#point}; what a plugin throws instead comes through. */
  Point point(Settings device, Settings point) throws InvalidSettingException {
    return driver.point(device, point);
  }

  /** As {@link Driver#open}. */
  void open() throws EndpointDownException {
    try {
      driver.open();
    } catch (EndpointDownException e) {
      throw e;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** As {@link PushSource#subscribe}; does nothing if the driver does not report by itself. */
  void subscribe(List<Point> points, PushSource.Listener listener) throws EndpointDownException {
    if (!(driver instanceof PushSource source) || points.isEmpty()) {
      return;
    }
    try {
      source.subscribe(points, listener);
    } catch (EndpointDownException e) {
      throw e;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** As {@link Driver#read}. */
  List<Sample> read(List<Point> points) throws DeviceSilentException, EndpointDownException {
    List<Sample> samples;
    try {
      samples = counted(() -> List.copyOf(driver.read(points)));
    } catch (WriteRejectedException e) {
      throw broken(e);
    }
    if (samples.size() != points.size()) {
      throw new EndpointDownException(
          "the driver answered " + samples.size() + " samples for " + points.size() + " points");
    }
    if (samples.stream().anyMatch(GuardedDriver::isSilent)) {
      trace.timedOut();
    }
    return samples;
  }

  /** Whether waiting for this one was in vain. */
  static boolean isSilent(Sample sample) {
    return sample instanceof Sample.Bad bad && bad.reason() == BadReason.DEVICE_SILENT;
  }

  /** As {@link Driver#write}. */
  void write(Point point, Value value)
      throws WriteRejectedException, DeviceSilentException, EndpointDownException {
    counted(
        () -> {
          driver.write(point, value);
          return value;
        });
  }

  /**
   * As {@link RawRequest#exchange}.
   *
   * @throws UnsupportedOperationException if the driver cannot
   */
  Bytes exchange(Settings device, Bytes request) throws DriverException {
    if (driver instanceof RawRequest raw) {
      return counted(() -> raw.exchange(device, request));
    }
    throw new UnsupportedOperationException("this driver takes no raw requests");
  }

  /**
   * As {@link Browse#children}.
   *
   * @throws UnsupportedOperationException if the driver cannot
   */
  List<Browse.Node> children(String node) throws DriverException {
    if (driver instanceof Browse browse) {
      return counted(() -> List.copyOf(browse.children(node)));
    }
    throw new UnsupportedOperationException("this driver has nothing to browse");
  }

  /** As {@link DeviceProbe#probe}. */
  Optional<String> probe(Settings device) throws EndpointDownException {
    if (!(driver instanceof DeviceProbe probe)) {
      throw new EndpointDownException("this driver cannot ask whether a device is there");
    }
    try {
      return probe.probe(device).map(String::strip);
    } catch (DeviceSilentException | WriteRejectedException e) {
      LOG.debug("probe on \"{}\" found nothing", bus, e);
      return Optional.empty();
    } catch (EndpointDownException e) {
      throw e;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** As {@link Driver#close}. */
  void close() {
    try {
      driver.close();
    } catch (Throwable e) {
      LOG.error("driver of bus \"{}\" did not close", bus, e);
    }
  }

  private EndpointDownException broken(Throwable cause) {
    LOG.debug("driver of bus \"{}\" broke its contract", bus, cause);
    return new EndpointDownException("the driver failed: " + Errors.inWords(cause), cause);
  }
}
