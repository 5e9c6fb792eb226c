package io.polegate.core;

import io.polegate.api.data.Value;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin's driver held to its contract: whatever else it throws or returns makes its endpoint
 * down, which costs its own bus a restart and nothing else. {@link #close} never throws. Threads as
 * for {@link Driver}.
 */
final class GuardedDriver {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedDriver.class);

  private final String bus;
  private final Driver driver;

  GuardedDriver(String bus, Driver driver) {
    this.bus = bus;
    this.driver = driver;
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

  /** As {@link Driver#read}. */
  List<Sample> read(List<Point> points) throws DeviceSilentException, EndpointDownException {
    List<Sample> samples;
    try {
      samples = List.copyOf(driver.read(points));
    } catch (DeviceSilentException | EndpointDownException e) {
      throw e;
    } catch (Throwable e) {
      throw broken(e);
    }
    if (samples.size() != points.size()) {
      throw new EndpointDownException(
          "the driver answered " + samples.size() + " samples for " + points.size() + " points");
    }
    return samples;
  }

  /** As {@link Driver#write}. */
  void write(Point point, Value value)
      throws WriteRejectedException, DeviceSilentException, EndpointDownException {
    try {
      driver.write(point, value);
    } catch (WriteRejectedException | DeviceSilentException | EndpointDownException e) {
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
