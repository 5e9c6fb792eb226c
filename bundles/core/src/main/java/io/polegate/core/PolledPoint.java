package io.polegate.core;

import io.polegate.api.config.Coding;
import io.polegate.api.config.Decoded;
import io.polegate.api.config.PointSpec;
import io.polegate.api.data.BadReason;
import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.Value;
import io.polegate.api.data.ValueType;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.live.PointStatus;
import io.polegate.api.time.PoleClock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One point in operation: the pipeline from a raw sample to the latest reading and, where it is
 * worth it, the journal. Fed by the thread of its bus; {@link #status} may be called from any
 * thread.
 */
final class PolledPoint {
  private final String device;
  private final PointSpec spec;
  private final Point point;
  private final Function<String, Optional<Value>> others;
  private final ReportFilter filter;
  private final ChangeEvents changes;
  private final Consumer<JournalItem> journal;
  private volatile @Nullable Latest latest;

  private record Latest(Reading reading, long nanos) {}

  /**
   * A point that was never read.
   *
   * @param others present values of the other points of the device, by id
   */
  PolledPoint(
      String device,
      PointSpec spec,
      Point point,
      Function<String, Optional<Value>> others,
      Consumer<JournalItem> journal) {
    this.device = device;
    this.spec = spec;
    this.point = point;
    this.others = others;
    this.filter = new ReportFilter(spec.report());
    this.changes = new ChangeEvents(device, spec);
    this.journal = journal;
  }

  /** The same point of a device that was changed elsewhere: goes on where {@code before} was. */
  PolledPoint(PolledPoint before, Function<String, Optional<Value>> others) {
    this.device = before.device;
    this.spec = before.spec;
    this.point = before.point;
    this.others = others;
    this.filter = before.filter;
    this.changes = before.changes;
    this.journal = before.journal;
    this.latest = before.latest;
  }

  PointSpec spec() {
    return spec;
  }

  Point point() {
    return point;
  }

  /** Kind of its values. */
  ValueType type() {
    return spec.coding().type(point.type());
  }

  /** Whether other points have to be read before it. */
  boolean dependsOnOthers() {
    return !spec.coding().factors().isEmpty();
  }

  /** What the driver has to write; empty if the value cannot be expressed here. */
  Optional<Value> toRaw(Value unit) {
    return spec.coding().encode(unit, point.type(), others);
  }

  /**
   * As {@link #toRaw} for a number in a document, where 0 and 1 stand for the states of a point
   * that has two.
   */
  Optional<Value> toRaw(double unit) {
    if (type() == ValueType.BOOLEAN) {
      return unit == 0 || unit == 1 ? toRaw(new Value.Bool(unit == 1)) : Optional.empty();
    }
    return Double.isFinite(unit) ? toRaw(new Value.Real(unit)) : Optional.empty();
  }

  /** Whether {@code readBack} proves that {@code wanted} was written. */
  boolean proves(Value wanted, Value readBack) {
    return spec.coding().proves(wanted, readBack, point.type());
  }

  /** The present value; empty if it is not good. */
  Optional<Value> value() {
    Latest last = latest;
    return last != null && last.reading() instanceof Reading.Good good
        ? Optional.of(good.value())
        : Optional.empty();
  }

  /**
   * Takes what the driver read, or what its source reported.
   *
   * @param time when the driver was asked, used unless the source has a clock of its own
   * @return the reading made of it
   */
  Reading accept(Sample sample, SampleTime time, PoleClock clock, long nanos) {
    Reading reading = judge(sample, time, clock);
    latest = new Latest(reading, nanos);
    if (filter.passes(reading, nanos)) {
      journal.accept(new JournalItem.PointReading(device, spec.id(), spec.unit(), reading));
    }
    changes.of(reading).ifPresent(journal);
    return reading;
  }

  private Reading judge(Sample sample, SampleTime asked, PoleClock clock) {
    if (sample instanceof Sample.Bad bad) {
      return new Reading.Bad(bad.reason(), bad.detail(), asked);
    }
    Sample.Good good = (Sample.Good) sample;
    SampleTime time = good.sourceTime().map(clock::stamp).orElse(asked);
    Decoded decoded = spec.coding().decode(good.value(), others);
    if (decoded instanceof Decoded.Bad bad) {
      return new Reading.Bad(bad.reason(), bad.detail(), time);
    }
    Value value = ((Decoded.Good) decoded).value();
    if (value.type().isNumber() && !spec.limits().contain(Coding.number(value))) {
      return new Reading.Bad(BadReason.OUT_OF_RANGE, "read " + Coding.number(value), time);
    }
    return new Reading.Good(value, time);
  }

  /** The last that was accepted. */
  PointStatus status(long nowNanos) {
    Latest last = latest;
    return last == null
        ? new PointStatus(spec, Optional.empty(), Optional.empty())
        : new PointStatus(
            spec,
            Optional.of(last.reading()),
            Optional.of(Duration.ofNanos(nowNanos - last.nanos())));
  }
}
