package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.PointSpec.ReportSpec;
import io.polegate.api.data.BadReason;
import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.data.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReportFilterTest {
  private static final SampleTime TIME = new SampleTime(Instant.EPOCH, TimeQuality.TRUSTED);
  private long nanos = 5;

  private boolean passes(ReportFilter filter, Reading reading) {
    nanos += Duration.ofSeconds(1).toNanos();
    return filter.passes(reading, nanos);
  }

  private static Reading good(double value) {
    return new Reading.Good(new Value.Real(value), TIME);
  }

  private static Reading bad(BadReason reason) {
    return new Reading.Bad(reason, "", TIME);
  }

  @Test
  void withoutAStrategyEveryGoodReadingPasses() {
    ReportFilter filter = new ReportFilter(ReportSpec.ALWAYS);
    assertThat(passes(filter, good(1))).isTrue();
    assertThat(passes(filter, good(1))).isTrue();
  }

  @Test
  void slowDriftPassesOnceItLeavesTheDeadband() {
    ReportFilter filter =
        new ReportFilter(new ReportSpec(0.5, Duration.ofHours(1), Optional.empty()));
    assertThat(passes(filter, good(10.0))).isTrue();
    assertThat(passes(filter, good(10.3))).isFalse();
    assertThat(passes(filter, good(10.5))).isFalse();
    assertThat(passes(filter, good(10.6))).isTrue();
    assertThat(passes(filter, good(10.2))).isFalse();
  }

  @Test
  void unchangedPointPassesAtItsMaximumAge() {
    ReportFilter filter =
        new ReportFilter(new ReportSpec(0.5, Duration.ofSeconds(3), Optional.empty()));
    assertThat(passes(filter, good(1))).isTrue();
    assertThat(passes(filter, good(1))).isFalse();
    assertThat(passes(filter, good(1))).isFalse();
    assertThat(passes(filter, good(1))).isTrue();
  }

  @Test
  void changeOfQualityPassesWhateverTheDeadband() {
    ReportFilter filter =
        new ReportFilter(new ReportSpec(100, Duration.ofHours(1), Optional.empty()));
    assertThat(passes(filter, good(1))).isTrue();
    assertThat(passes(filter, bad(BadReason.DEVICE_SILENT))).isTrue();
    assertThat(passes(filter, bad(BadReason.DEVICE_SILENT))).isFalse();
    assertThat(passes(filter, bad(BadReason.BUS_DOWN))).isTrue();
    assertThat(passes(filter, good(1))).isTrue();
  }

  @Test
  void repeatedBadReadingIsNotJournalledEvenWithoutAStrategy() {
    ReportFilter filter = new ReportFilter(ReportSpec.ALWAYS);
    assertThat(passes(filter, bad(BadReason.DEVICE_SILENT))).isTrue();
    assertThat(passes(filter, bad(BadReason.DEVICE_SILENT))).isFalse();
    assertThat(passes(filter, good(1))).isTrue();
  }
}
