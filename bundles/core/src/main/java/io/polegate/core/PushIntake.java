package io.polegate.core;

import io.polegate.api.data.SampleTime;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.PushSource;
import io.polegate.api.driver.Sample;
import io.polegate.api.time.PoleClock;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads what a source reports into the pipelines of its points. Confined to the thread of the bus,
 * but for the listeners it hands out and {@link #wakeWith}.
 */
final class PushIntake {
  private static final Logger LOG = LoggerFactory.getLogger(PushIntake.class);

  /** A source that babbles in bursts is one trouble, not many. */
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String bus;
  private final PoleClock clock;
  private final LongSupplier nanos;
  private final IdentityHashMap<Point, PolledPoint> byIdentity = new IdentityHashMap<>();
  private final Map<Point, PolledPoint> byValue = new HashMap<>();
  private List<Point> points = List.of();
  private volatile Runnable wake = () -> {};
  private PushQueue queue = new PushQueue(() -> {});
  private PushSource.Listener listener = (point, sample) -> {};
  private long droppedBefore;
  private boolean overflowing;
  private long droppedNanos;

  PushIntake(String bus, List<PolledPoint> readable, PoleClock clock, LongSupplier nanos) {
    this.bus = bus;
    this.clock = clock;
    this.nanos = nanos;
    change(readable);
  }

  /** Other points may report from now on; true if the source has to be told. */
  boolean change(List<PolledPoint> readable) {
    List<Point> before = points;
    points = readable.stream().map(PolledPoint::point).toList();
    byIdentity.clear();
    byValue.clear();
    for (PolledPoint point : readable) {
      byIdentity.put(point.point(), point);
      byValue.putIfAbsent(point.point(), point);
    }
    return !points.equals(before);
  }

  /** What is run when a sample came, on the thread that brought it. */
  void wakeWith(Runnable newWake) {
    wake = newWake;
  }

  /** All points that may report. */
  List<Point> points() {
    return points;
  }

  /** A listener for a source that was just opened; one of an earlier opening is deaf from now. */
  PushSource.Listener begin() {
    queue.end();
    PushQueue begun = new PushQueue(() -> wake.run());
    queue = begun;
    droppedBefore = 0;
    listener = (point, sample) -> begun.add(stamped(point, sample));
    return listener;
  }

  /** That of the present opening. */
  PushSource.Listener listener() {
    return listener;
  }

  /** Whoever breaks the contract here gets it back on its own thread. */
  private PushQueue.Pushed stamped(Point point, Sample sample) {
    Objects.requireNonNull(point, "a sample without a point");
    Objects.requireNonNull(sample, "a point without a sample");
    SampleTime time = clock.now();
    return new PushQueue.Pushed(point, sample, time, nanos.getAsLong());
  }

  /** Feeds what came. */
  void take() {
    for (PushQueue.Pushed pushed : queue.take()) {
      PolledPoint point = find(pushed.point());
      if (point == null) {
        LOG.debug("bus \"{}\" reports a point that nobody asked for", bus);
      } else {
        point.accept(pushed.sample(), pushed.time(), clock, pushed.nanos());
      }
    }
    sayOverflow();
  }

  private @Nullable PolledPoint find(Point point) {
    PolledPoint same = byIdentity.get(point);
    return same != null ? same : byValue.get(point);
  }

  private void sayOverflow() {
    long dropped = queue.dropped();
    long now = nanos.getAsLong();
    if (dropped > droppedBefore) {
      if (!overflowing) {
        LOG.warn("bus \"{}\" reports faster than the gateway can take: samples are dropped", bus);
      }
      overflowing = true;
      droppedNanos = now;
      droppedBefore = dropped;
    } else if (overflowing && now - droppedNanos > QUIET_NANOS) {
      LOG.info("bus \"{}\": its reports fit again, {} samples were dropped", bus, dropped);
      overflowing = false;
    }
  }

  /** The source is about to be closed: what came before counts, what comes later does not. */
  void end() {
    queue.end();
    take();
  }
}
