package io.polegate.core;

import io.polegate.api.config.DeviceSpec;
import io.polegate.api.data.BadReason;
import io.polegate.api.live.DeviceStatus.State;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a device is doing, judged by its answers, and what platforms were told of it. Changed by the
 * thread of the bus; {@link #now} may be called from any thread.
 */
final class DeviceCondition {
  /** Shorter silences are in the events of devices that go and come back, if at all. */
  private static final Duration LEAST_GAP = Duration.ofSeconds(10);

  private static final int LEAST_POLLS = 3;

  private final EventLog events;
  private boolean toldOffline;
  private volatile Now now = new Now(State.UNKNOWN, OptionalLong.empty(), 0, "");

  /**
   * What is known of it.
   *
   * @param lastGoodNanos when it last answered
   * @param failures in a row
   * @param message why it did not answer last time; empty if it did
   */
  record Now(State state, OptionalLong lastGoodNanos, int failures, String message) {

    /** Time since it last answered; empty if never. */
    Optional<Duration> lastGoodAge(long nowNanos) {
      return lastGoodNanos.isPresent()
          ? Optional.of(Duration.ofNanos(nowNanos - lastGoodNanos.getAsLong()))
          : Optional.empty();
    }

    /** Whether it answers, so that it is asked at its interval. */
    boolean answers() {
      return state == State.ONLINE && failures == 0;
    }
  }

  /** Nothing is known. */
  DeviceCondition(EventLog events) {
    this.events = events;
  }

  Now now() {
    return now;
  }

  /** Takes the place of one that was changed: platforms know what they were told of that. */
  void follow(DeviceCondition before) {
    toldOffline = before.toldOffline;
  }

  /** It gave a sign of life. */
  void heard(DeviceSpec device, long nanos) {
    Now before = now;
    now = new Now(State.ONLINE, OptionalLong.of(nanos), 0, "");
    if (toldOffline) {
      toldOffline = false;
      events.deviceOnline(device);
    }
    if (before.failures() > 0) {
      before.lastGoodAge(nanos).ifPresent(silence -> tellGap(device, silence));
    }
  }

  /** What it would have said meanwhile is not known. */
  private void tellGap(DeviceSpec device, Duration silence) {
    long polls = silence.plus(device.poll().dividedBy(2)).dividedBy(device.poll()) - 1;
    if (polls >= LEAST_POLLS && silence.compareTo(LEAST_GAP) > 0) {
      events.deviceWasSilent(device, silence, polls);
    }
  }

  /** It did not answer. */
  void failed(String message, boolean offline) {
    Now before = now;
    State state = offline ? State.OFFLINE : before.state();
    now = new Now(state, before.lastGoodNanos(), before.failures() + 1, message);
  }

  /** Tells that it is offline, once. */
  void tellOffline(DeviceSpec device, BadReason reason, String message) {
    if (!toldOffline) {
      toldOffline = true;
      events.deviceOffline(device, reason, message);
    }
  }
}
