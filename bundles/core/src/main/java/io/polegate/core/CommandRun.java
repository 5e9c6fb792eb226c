package io.polegate.core;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Writes one command's value and proves it by reading the point back. Runs on the thread of the
 * bus.
 */
final class CommandRun {
  private final GuardedDriver driver;
  private final TimeTrust trust;
  private final LongSupplier nanos;

  CommandRun(GuardedDriver driver, TimeTrust trust, LongSupplier nanos) {
    this.driver = driver;
    this.trust = trust;
    this.nanos = nanos;
  }

  /**
   * Answers the command, once.
   *
   * @throws DeviceSilentException if the device did not answer; the command is answered already
   * @throws EndpointDownException if the endpoint is gone; the command is answered already
   */
  void run(PendingCommand pending) throws DeviceSilentException, EndpointDownException {
    try {
      driver.write(pending.point().point(), pending.raw());
    } catch (WriteRejectedException e) {
      pending.failed(Errors.inWords(e));
      pending.device().heard(nanos.getAsLong());
      return;
    } catch (DeviceSilentException e) {
      pending.unconfirmed(Optional.empty(), "no answer to the write: " + Errors.inWords(e));
      throw e;
    } catch (EndpointDownException e) {
      pending.unconfirmed(Optional.empty(), "bus lost during the write: " + Errors.inWords(e));
      throw e;
    }
    if (pending.point().spec().access().readable()) {
      answer(pending, readBack(pending));
    } else {
      pending.done(Optional.empty());
    }
    pending.device().heard(nanos.getAsLong());
  }

  private Reading readBack(PendingCommand pending)
      throws DeviceSilentException, EndpointDownException {
    long started = nanos.getAsLong();
    SampleTime time = trust.now();
    try {
      Sample sample = driver.read(List.of(pending.point().point())).get(0);
      return pending.point().accept(sample, time, trust, started);
    } catch (DeviceSilentException | EndpointDownException e) {
      pending.unconfirmed(Optional.empty(), "written, not read back: " + Errors.inWords(e));
      throw e;
    }
  }

  private static void answer(PendingCommand pending, Reading reading) {
    if (reading instanceof Reading.Good good) {
      if (pending.point().proves(pending.command().value(), good.value())) {
        pending.done(Optional.of(good.value()));
      } else {
        pending.unconfirmed(Optional.of(good.value()), "the point reads back another value");
      }
    } else if (reading instanceof Reading.Bad bad) {
      pending.unconfirmed(Optional.empty(), "written, reads back bad: " + describe(bad));
    }
  }

  private static String describe(Reading.Bad bad) {
    BadReason reason = bad.reason();
    return bad.detail().isEmpty() ? reason.wireName() : reason.wireName() + ", " + bad.detail();
  }
}
