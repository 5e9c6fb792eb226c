package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void pausesDoubleUpToTheLimit() {
    Backoff backoff = new Backoff(SECOND, MINUTE, () -> 0.5);
    List<Long> seconds = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      seconds.add(backoff.next(Duration.ZERO).toSeconds());
    }
    assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 48L, 48L);
  }

  @Test
  void onlyASessionThatLastedStartsAnew() {
    Backoff backoff = new Backoff(SECOND, MINUTE, () -> 0.5);
    backoff.next(Duration.ZERO);
    backoff.next(Duration.ZERO);
    assertThat(backoff.next(Duration.ofSeconds(59))).isEqualTo(Duration.ofSeconds(4));
    assertThat(backoff.next(MINUTE)).isEqualTo(SECOND);
  }

  @Test
  void jitterIsAQuarterEitherWayAndNeverPassesTheLimit() {
    RandomGenerator random = RandomGenerator.getDefault();
    for (int round = 0; round < 1000; round++) {
      Backoff backoff = new Backoff(SECOND, MINUTE, random::nextDouble);
      assertThat(backoff.next(Duration.ZERO))
          .isBetween(Duration.ofMillis(750), Duration.ofMillis(1250));
      for (int i = 0; i < 10; i++) {
        assertThat(backoff.next(Duration.ZERO)).isLessThanOrEqualTo(MINUTE);
      }
    }
  }
}
