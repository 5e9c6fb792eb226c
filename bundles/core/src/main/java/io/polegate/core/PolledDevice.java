package io.polegate.core;

import io.polegate.api.config.DeviceSpec;
import io.polegate.api.data.BadReason;
import io.polegate.api.data.SampleTime;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.live.DeviceStatus;
import io.polegate.api.live.DeviceStatus.State;
import io.polegate.api.settings.Settings;
import io.polegate.api.time.PoleClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One device in operation: when it is due, and how it is doing. Driven by the thread of its bus;
 * {@link #status} and {@link #isRetired} may be called from any thread.
 */
final class PolledDevice {
  /** One lost frame is noise; two in a row are a device that is away. */
  private static final int FAILURES_TO_OFFLINE = 2;

  private final List<PolledPoint> points;
  private final List<PolledPoint> readable;
  private final BackOff backOff;
  private final PoleClock clock;
  private final long patienceNanos;
  private final Setup setup;
  private final TrafficCount traffic = new TrafficCount();
  private final PollSchedule schedule;
  private final DeviceCondition condition;
  private boolean reachable;
  private boolean partlySilent;
  private volatile boolean retired;
  private volatile DeviceSpec spec;

  /**
   * A device that is due as soon as its bus is open.
   *
   * @param points all of its points, in document order
   * @param patience how long others may be preferred to it when it is suspect
   */
  PolledDevice(
      DeviceSpec spec,
      List<PolledPoint> points,
      Duration patience,
      BackOff backOff,
      PoleClock clock,
      EventLog events,
      long nowNanos) {
    this.spec = spec;
    this.points = List.copyOf(points);
    this.readable = points.stream().filter(p -> p.spec().access().readable()).toList();
    this.setup = new Setup(spec.setup(), points);
    this.patienceNanos = patience.toNanos();
    this.backOff = backOff;
    this.clock = clock;
    this.condition = new DeviceCondition(events);
    this.schedule = new PollSchedule(spec.poll(), readable, nowNanos);
  }

  DeviceSpec spec() {
    return spec;
  }

  /**
   * Goes on under another description, if everything that is asked of the device is the same.
   *
   * @return false if it is not, so that another device has to take its place
   */
  boolean isDescribedBy(DeviceSpec other) {
    DeviceSpec now = spec;
    boolean same =
        now.bus().equals(other.bus())
            && now.poll().equals(other.poll())
            && now.settings().equals(other.settings())
            && now.points().equals(other.points())
            && now.setup().equals(other.setup());
    spec = same ? other : now;
    return same;
  }

  /** Takes the place of one that was changed; platforms know what they were told of that. */
  void follow(PolledDevice before) {
    condition.follow(before.condition);
  }

  /** It is not in the document any more, or another has its place: nothing more is told of it. */
  void retire() {
    retired = true;
  }

  /** Whether it is out of operation, so that nothing may be written to it any more. */
  boolean isRetired() {
    return retired;
  }

  String id() {
    return spec.id();
  }

  String bus() {
    return spec.bus();
  }

  /** Why it did not answer last time; empty if it did. */
  String lastError() {
    return condition.now().message();
  }

  Settings settings() {
    return spec.settings();
  }

  /** From one read to the next. */
  Duration poll() {
    return Duration.ofNanos(schedule.intervalNanos());
  }

  TrafficCount traffic() {
    return traffic;
  }

  /** The values that it has to have. */
  Setup setup() {
    return setup;
  }

  List<PolledPoint> points() {
    return points;
  }

  /** Those of its points that are polled. */
  List<PolledPoint> readable() {
    return readable;
  }

  /** The point with this id. */
  Optional<PolledPoint> point(String id) {
    return points.stream().filter(p -> p.spec().id().equals(id)).findFirst();
  }

  /** What a read that begins now asks for. */
  List<Point> wanted(long startNanos) {
    return schedule.begin(condition.now().answers(), startNanos).stream()
        .map(PolledPoint::point)
        .toList();
  }

  /** Nanoseconds until it is due; zero or less when it is; the longest time when it cannot be. */
  long dueIn(long nowNanos) {
    return readable.isEmpty() || !reachable ? Long.MAX_VALUE : schedule.dueNanos() - nowNanos;
  }

  /**
   * Nanoseconds until something may be asked of it beside its polls and orders; the longest time
   * while its polls have to show first that it is back. One that lets some of its points time out
   * is there.
   */
  long beatableIn(long nowNanos) {
    if (!reachable) {
      return Long.MAX_VALUE;
    }
    if (!isAway()) {
      return 0;
    }
    return readable.isEmpty() ? Math.max(0, schedule.dueNanos() - nowNanos) : Long.MAX_VALUE;
  }

  /** Whether it was passed over for longer than its bus allows. */
  boolean isOverdue(long nowNanos) {
    return dueIn(nowNanos) < -patienceNanos;
  }

  /** Whether its last read cost a time-out or failed, so that the next one is likely to. */
  boolean isSuspect() {
    return isAway() || partlySilent;
  }

  /** Whether nothing at all was heard of it last time. */
  boolean isAway() {
    return condition.now().failures() > 0;
  }

  /**
   * Takes the samples of a read that began at {@code startNanos}.
   *
   * @param samples one per {@link #wanted} point, in order
   */
  void answered(List<Sample> samples, SampleTime time, long startNanos) {
    List<PolledPoint> asked = schedule.points();
    for (boolean dependent : new boolean[] {false, true}) {
      for (int i = 0; i < samples.size(); i++) {
        if (asked.get(i).dependsOnOthers() == dependent) {
          asked.get(i).accept(samples.get(i), time, clock, startNanos);
        }
      }
    }
    partlySilent = samples.stream().anyMatch(GuardedDriver::isSilent);
    schedule.answered(samples);
    heard(startNanos);
  }

  /** It answered outside its polls, but let some of what was asked time out. */
  void wentPartlySilent() {
    partlySilent = true;
  }

  /** The device gave a sign of life outside its polls. */
  void heard(long nanos) {
    if (isAway()) {
      schedule.notLaterThanAfter(nanos);
    }
    backOff.succeeded();
    boolean comesOnline = condition.now().state() != State.ONLINE;
    condition.heard(spec, nanos);
    if (comesOnline) {
      setup.cameOnline();
    }
  }

  /**
   * It did not answer. It is left alone for at least as long as the call took: on a serial line its
   * late answer could be taken for another's, so the driver would have to wait there.
   */
  void failed(BadReason reason, String message, SampleTime time, long startNanos, long nanos) {
    schedule.anew(nanos + Math.max(backOff.failed().toNanos(), nanos - startNanos));
    lost(reason, message, time, nanos, backOff.failures() >= FAILURES_TO_OFFLINE);
  }

  /** The bus is open: it can be asked. */
  void busOpened() {
    reachable = true;
  }

  /** The bus is closed, which is no fault of the device: it is due again when the bus is back. */
  void busClosed(long nanos) {
    reachable = false;
    schedule.anew(nanos);
  }

  /** The whole bus is down and was not before: nothing can be known of the device. */
  void busLost(String message, SampleTime time, long nanos) {
    lost(BadReason.BUS_DOWN, message, time, nanos, true);
  }

  private void lost(
      BadReason reason, String message, SampleTime time, long nanos, boolean offline) {
    condition.failed(message, offline);
    if (retired) {
      return;
    }
    for (PolledPoint point : readable) {
      point.accept(Sample.bad(reason, message), time, clock, nanos);
    }
    if (offline) {
      condition.tellOffline(spec, reason, message);
    }
  }

  /** How it is doing. */
  DeviceStatus status(long nowNanos) {
    DeviceCondition.Now now = condition.now();
    DeviceSpec described = spec;
    return new DeviceStatus(
        described.id(),
        described.names(),
        described.bus(),
        poll(),
        now.state(),
        now.lastGoodAge(nowNanos),
        now.failures(),
        now.message(),
        traffic.traffic(),
        schedule.polls(),
        schedule.missed(),
        points.stream().map(p -> p.status(nowNanos)).toList());
  }
}
