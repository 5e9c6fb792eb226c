package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.HandClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When and how fast old readings go, by a clock that moves by hand. */
final class HistoryPaceTest {
  private final HandClock clock = new HandClock();

  private HistoryPace pace(int readingsPerSecond, Duration spread) {
    return new HistoryPace(
        new DeliveryOptions(200, 16, Optional.empty(), readingsPerSecond, spread),
        clock.monotonic(),
        () -> 0.5);
  }

  private long takeFor(HistoryPace pace, Duration time) {
    long taken = 0;
    for (int i = 0; i < time.toMillis() / 10; i++) {
      clock.advance(Duration.ofMillis(10));
      int now = Math.min(200, pace.allowance());
      pace.spent(now);
      taken += now;
    }
    return taken;
  }

  @Test
  void withoutASettingThereIsNoLimit() {
    HistoryPace pace = pace(0, Duration.ZERO);
    pace.began();
    assertThat(pace.allowance()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void theSettingHoldsOverTimeAndNothingIsSavedUpForLonger() {
    HistoryPace pace = pace(500, Duration.ZERO);
    pace.began();
    assertThat(pace.allowance()).isZero();
    assertThat(takeFor(pace, Duration.ofSeconds(60))).isBetween(29_000L, 30_000L);
    clock.advance(Duration.ofHours(1));
    assertThat(pace.allowance()).isLessThanOrEqualTo(500);
  }

  @Test
  void whoWaitsAsLongAsItIsToldMayGo() {
    for (int rate : new int[] {1, 3, 500, 100_000}) {
      HistoryPace pace = pace(rate, Duration.ZERO);
      pace.began();
      assertThat(pace.allowance()).isZero();
      clock.advance(Duration.ofNanos(pace.waitNanos()));
      assertThat(pace.allowance()).as("at %d a second", rate).isPositive();
    }
  }

  @Test
  void thePlatformsWordCountsUntilItsTimeIsOver() {
    HistoryPace pace = pace(0, Duration.ZERO);
    pace.began();
    pace.order(100, Duration.ofMinutes(10));
    assertThat(takeFor(pace, Duration.ofMinutes(9))).isBetween(53_000L, 54_000L);
    pace.order(10, Duration.ofMinutes(1));
    assertThat(takeFor(pace, Duration.ofSeconds(59))).isLessThanOrEqualTo(700);
    clock.advance(Duration.ofSeconds(1));
    assertThat(pace.allowance()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void theWordOutlivesASession() {
    HistoryPace pace = pace(0, Duration.ZERO);
    pace.began();
    pace.order(100, Duration.ofMinutes(10));
    pace.ended();
    pace.began();
    assertThat(pace.allowance()).isLessThan(Integer.MAX_VALUE);
  }

  @Test
  void afterALongOutageHistoryWaitsARandomPartOfTheSpread() {
    HistoryPace pace = pace(0, Duration.ofMinutes(10));
    pace.began();
    assertThat(pace.allowance()).isZero();
    assertThat(pace.waitNanos()).isEqualTo(Duration.ofMinutes(5).toNanos());
    clock.advance(Duration.ofMinutes(2));
    pace.ended();
    pace.began(); // the line shook, the wait goes on
    assertThat(pace.waitNanos()).isEqualTo(Duration.ofMinutes(3).toNanos());
    clock.advance(Duration.ofMinutes(3));
    assertThat(pace.allowance()).isPositive();
  }

  @Test
  void aShortOutageCostsNoWait() {
    HistoryPace pace = pace(0, Duration.ofMinutes(10));
    pace.began();
    clock.advance(Duration.ofHours(1));
    pace.ended();
    clock.advance(Duration.ofMinutes(10));
    pace.began();
    assertThat(pace.allowance()).isPositive();
    pace.ended();
    clock.advance(Duration.ofMinutes(11));
    pace.began();
    assertThat(pace.allowance()).isZero();
  }
}
