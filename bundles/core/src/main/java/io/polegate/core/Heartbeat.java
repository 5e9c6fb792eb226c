package io.polegate.core;

import io.polegate.api.config.PointSpec;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Point;
import io.polegate.api.settings.InvalidSettingException;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the gateway writes to a device by itself, again and again, and when. Confined to the thread
 * of the bus.
 */
final class Heartbeat {
  private final PolledDevice device;
  private final PolledPoint point;
  private final Value beat;
  private final Optional<Value> release;
  private final long everyNanos;
  private final boolean last;
  private long dueNanos;
  private boolean failing;

  private Heartbeat(
      PolledDevice device,
      PolledPoint point,
      Value beat,
      Optional<Value> release,
      long everyNanos,
      boolean last,
      long nowNanos) {
    this.device = device;
    this.point = point;
    this.beat = beat;
    this.release = release;
    this.everyNanos = everyNanos;
    this.last = last;
    this.dueNanos = nowNanos;
  }

  /**
   * The heartbeat of a point, due at once.
   *
   * @return empty if it has none
   * @throws InvalidSettingException if its values cannot be written there
   */
  static Optional<Heartbeat> of(PolledDevice device, PolledPoint point, long nowNanos)
      throws InvalidSettingException {
    Optional<PointSpec.Heartbeat> spec = point.spec().heartbeat();
    if (spec.isEmpty()) {
      return Optional.empty();
    }
    OptionalDouble release = spec.get().release();
    return Optional.of(
        new Heartbeat(
            device,
            point,
            raw(point, spec.get().value()),
            release.isPresent() ? Optional.of(raw(point, release.getAsDouble())) : Optional.empty(),
            Math.max(1, spec.get().every().toNanos()),
            false,
            nowNanos));
  }

  /** The same heartbeat of a device that was changed elsewhere: it keeps its phase. */
  Heartbeat at(PolledDevice newDevice, PolledPoint newPoint) {
    Heartbeat same = new Heartbeat(newDevice, newPoint, beat, release, everyNanos, last, dueNanos);
    same.failing = failing;
    return same;
  }

  /** The last word to a device that goes, due at once; empty if there is none. */
  Optional<Heartbeat> farewell(long nowNanos) {
    return release.map(
        value -> new Heartbeat(device, point, value, release, everyNanos, true, nowNanos));
  }

  /** Whether it is written once, and then no more. */
  boolean isLast() {
    return last;
  }

  /** Whether both are written to one place. */
  boolean isWhere(Heartbeat other) {
    return device.settings().equals(other.device.settings())
        && point.spec().settings().equals(other.point.spec().settings());
  }

  private static Value raw(PolledPoint point, double value) throws InvalidSettingException {
    Optional<Value> raw = point.toRaw(value);
    if (raw.isEmpty()) {
      throw new InvalidSettingException(
          "heartbeat", "of point \"" + point.spec().id() + "\" cannot be written: " + value);
    }
    return raw.get();
  }

  PolledDevice device() {
    return device;
  }

  PointSpec spec() {
    return point.spec();
  }

  String pointId() {
    return point.spec().id();
  }

  Point point() {
    return point.point();
  }

  Value beat() {
    return beat;
  }

  Optional<Value> release() {
    return release;
  }

  /** Nanoseconds until it has to be written; zero or less when it has to. */
  long dueIn(long nowNanos) {
    return Math.max(dueNanos - nowNanos, device.beatableIn(nowNanos));
  }

  /** It is being written, from now: keeps the phase and never makes up for what was missed. */
  void started(long nowNanos) {
    dueNanos += everyNanos * (1 + Math.max(0, (nowNanos - dueNanos) / everyNanos));
  }

  /** Takes how it went; true if that is news. */
  boolean failed(boolean fails) {
    boolean news = fails != failing;
    failing = fails;
    return news;
  }
}
