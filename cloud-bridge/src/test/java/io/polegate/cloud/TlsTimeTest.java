package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.data.SampleTime;
import io.polegate.api.time.ClockRun;
import io.polegate.api.time.ClockStatus;
import io.polegate.api.time.PoleClock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TlsTimeTest {
  private static final Instant FLOOR = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant BEFORE = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant AFTER = Instant.parse("2026-12-01T00:00:00Z");

  /** A clock that stands. */
  private record Standing(Instant instant, ClockStatus.Source source) implements PoleClock {
    @Override
    public SampleTime now() {
      return SampleTime.of(instant);
    }

    @Override
    public SampleTime stamp(Instant byDevice) {
      return SampleTime.of(byDevice);
    }

    @Override
    public ClockStatus status() {
      return new ClockStatus(source, FLOOR, Optional.empty(), "");
    }

    @Override
    public ClockRun run() {
      return new ClockRun("boot", BEFORE, Optional.empty());
    }

    @Override
    public void heard(Instant said, String who) {
      throw new UnsupportedOperationException("nobody says anything");
    }
  }

  @Test
  void aTrustedClockIsTaken() {
    assertThat(TlsTime.of(new Standing(AFTER, ClockStatus.Source.SYSTEM)))
        .isEqualTo(new TlsTime(AFTER, true));
  }

  @Test
  void anUntrustedOneIsNotBeforeTheFloor() {
    assertThat(TlsTime.of(new Standing(BEFORE, ClockStatus.Source.NONE)))
        .isEqualTo(new TlsTime(FLOOR, false));
    assertThat(TlsTime.of(new Standing(AFTER, ClockStatus.Source.NONE)))
        .isEqualTo(new TlsTime(AFTER, false));
  }
}
