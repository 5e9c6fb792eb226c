package io.polegate.core;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.SampleTime;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.time.PoleClock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Calls to the driver of a bus: who they are counted for, and what their failure says of the device
 * or the bus. Belongs to the thread of the endpoint.
 */
final class BusCalls {
  private final GuardedDriver driver;
  private final BusTrace trace;
  private final BusState state;
  private final Overload overload;
  private final PoleClock clock;
  private final LongSupplier nanos;
  private final Consumer<String> lost;

  /** A call for a device; false if the device did not answer in full. */
  @FunctionalInterface
  interface Call {
    boolean make(SampleTime time, long startedNanos)
        throws DeviceSilentException, EndpointDownException;
  }

  /**
   * Calls on a bus.
   *
   * @param lost told in words that the endpoint is gone
   */
  BusCalls(
      BusLine.Parts parts,
      BusState state,
      Overload overload,
      PoleClock clock,
      LongSupplier nanos,
      Consumer<String> lost) {
    this.driver = parts.driver();
    this.trace = parts.trace();
    this.state = state;
    this.overload = overload;
    this.clock = clock;
    this.nanos = nanos;
    this.lost = lost;
  }

  /** Makes a call for a device; false if it or the bus did not answer in full. */
  boolean make(PolledDevice device, Call call) {
    long started = nanos.getAsLong();
    SampleTime time = clock.now();
    trace.serve(device);
    try {
      boolean answered = call.make(time, started);
      state.worked(nanos.getAsLong());
      return answered;
    } catch (DeviceSilentException e) {
      device.failed(BadReason.DEVICE_SILENT, Errors.inWords(e), time, started, nanos.getAsLong());
      overload.silent(device);
    } catch (EndpointDownException e) {
      lost.accept(Errors.inWords(e));
    } finally {
      trace.serveNobody();
    }
    return false;
  }

  /**
   * Lets a tool use the driver. A device that does not answer a tool is not offline for that.
   *
   * @param counted the device that what goes over the wire is counted for
   */
  <T> T ask(Optional<PolledDevice> counted, BusLine.Inquiry<T> inquiry) throws DriverException {
    trace.serveNobody();
    counted.ifPresent(trace::serve);
    try {
      return inquiry.ask(driver);
    } catch (EndpointDownException e) {
      lost.accept(Errors.inWords(e));
      throw e;
    } finally {
      trace.serveNobody();
    }
  }
}
