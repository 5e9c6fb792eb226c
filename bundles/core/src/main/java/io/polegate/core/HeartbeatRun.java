package io.polegate.core;

import io.polegate.api.data.Value;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.WriteRejectedException;
import java.util.function.LongSupplier;

/**
 * Writes heartbeats and their releases, and tells once when one fails and when it is taken again.
 * Runs on the thread of the bus.
 */
final class HeartbeatRun {
  private final GuardedDriver driver;
  private final EventLog events;
  private final LongSupplier nanos;

  HeartbeatRun(GuardedDriver driver, EventLog events, LongSupplier nanos) {
    this.driver = driver;
    this.events = events;
    this.nanos = nanos;
  }

  /** The next beat; true when it was answered. */
  boolean beat(Heartbeat heartbeat) throws DeviceSilentException, EndpointDownException {
    heartbeat.started(nanos.getAsLong());
    return write(heartbeat, heartbeat.beat(), "");
  }

  /** The last word; true when it was answered. */
  boolean release(Heartbeat heartbeat, Value value)
      throws DeviceSilentException, EndpointDownException {
    return write(heartbeat, value, "the release failed: ");
  }

  private boolean write(Heartbeat heartbeat, Value value, String what)
      throws DeviceSilentException, EndpointDownException {
    try {
      driver.write(heartbeat.point(), value);
      tell(heartbeat, "");
    } catch (WriteRejectedException e) {
      tell(heartbeat, what + Errors.inWords(e));
    } catch (DeviceSilentException | EndpointDownException e) {
      tell(heartbeat, what + Errors.inWords(e));
      throw e;
    }
    heartbeat.device().heard(nanos.getAsLong());
    return true;
  }

  private void tell(Heartbeat heartbeat, String problem) {
    if (!heartbeat.failed(!problem.isEmpty())) {
      return;
    }
    if (problem.isEmpty()) {
      events.heartbeatResumed(heartbeat.device().id(), heartbeat.pointId());
    } else {
      events.heartbeatFailed(heartbeat.device().id(), heartbeat.pointId(), problem);
    }
  }
}
