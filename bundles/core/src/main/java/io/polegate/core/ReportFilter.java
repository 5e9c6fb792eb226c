package io.polegate.core;

import io.polegate.api.config.PointSpec.ReportSpec;
import io.polegate.api.data.Reading;
import org.jspecify.annotations.Nullable;

/** Decides which readings of one point are worth journalling. Confined to one thread. */
final class ReportFilter {
  private final ReportSpec spec;
  private @Nullable Reading reported;
  private long reportedNanos;

  ReportFilter(ReportSpec spec) {
    this.spec = spec;
  }

  /**
   * Whether this reading has to be journalled; if so it is what later ones are compared with.
   *
   * @param nanos monotonic time of the reading
   */
  boolean passes(Reading reading, long nanos) {
    if (reported != null && !isDue(nanos) && !differs(reported, reading)) {
      return false;
    }
    if (reported instanceof Reading.Bad && !differs(reported, reading) && everyReading()) {
      // one record says that it is bad; repeating it at each try wears the flash for nothing
      return false;
    }
    reported = reading;
    reportedNanos = nanos;
    return true;
  }

  private boolean everyReading() {
    return spec.maxAge().isZero();
  }

  private boolean isDue(long nanos) {
    return nanos - reportedNanos >= spec.maxAge().toNanos();
  }

  private boolean differs(Reading before, Reading now) {
    if (before instanceof Reading.Good old && now instanceof Reading.Good fresh) {
      return Deadband.left(old.value(), fresh.value(), spec.deadband());
    }
    if (before instanceof Reading.Bad old && now instanceof Reading.Bad fresh) {
      return old.reason() != fresh.reason();
    }
    return true;
  }
}
