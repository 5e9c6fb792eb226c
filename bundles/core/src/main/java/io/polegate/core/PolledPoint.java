package io.polegate.core;

import io.polegate.api.config.PointSpec;
import io.polegate.api.data.BadReason;
import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.live.PointStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
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
  private final Scaler scaler;
  private final ReportFilter filter;
  private final ChangeEvents changes;
  private final Consumer<JournalItem> journal;
  private volatile @Nullable Latest latest;

  private record Latest(Reading reading, long nanos) {}

  PolledPoint(String device, PointSpec spec, Point point, Consumer<JournalItem> journal) {
    this.device = device;
    this.spec = spec;
    this.point = point;
    this.scaler = new Scaler(spec.scaling(), point.type());
    this.filter = new ReportFilter(spec.report());
    this.changes = new ChangeEvents(device, spec);
    this.journal = journal;
  }

  PointSpec spec() {
    return spec;
  }

  Point point() {
    return point;
  }

  Scaler scaler() {
    return scaler;
  }

  /**
   * Takes what the driver read, or what its source reported.
   *
   * @param time when the driver was asked, used unless the source has a clock of its own
   * @return the reading made of it
   */
  Reading accept(Sample sample, SampleTime time, TimeTrust trust, long nanos) {
    Reading reading = judge(sample, time, trust);
    latest = new Latest(reading, nanos);
    if (filter.passes(reading, nanos)) {
      journal.accept(new JournalItem.PointReading(device, spec.id(), spec.unit(), reading));
    }
    changes.of(reading).ifPresent(journal);
    return reading;
  }

  private Reading judge(Sample sample, SampleTime asked, TimeTrust trust) {
    if (sample instanceof Sample.Bad bad) {
      return new Reading.Bad(bad.reason(), bad.detail(), asked);
    }
    Sample.Good good = (Sample.Good) sample;
    SampleTime time = good.sourceTime().map(trust::stamp).orElse(asked);
    Optional<Value> scaled = scaler.toUnit(good.value());
    if (scaled.isEmpty()) {
      return new Reading.Bad(BadReason.OUT_OF_RANGE, "too large a number once scaled", time);
    }
    Value value = scaled.get();
    if (value.type().isNumber() && !spec.limits().contain(Scaler.number(value))) {
      return new Reading.Bad(BadReason.OUT_OF_RANGE, "read " + Scaler.number(value), time);
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
