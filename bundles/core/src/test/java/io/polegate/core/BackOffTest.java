package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BackOffTest {
  @Test
  void pausesDoubleUpToTheLimitAndStartAgainAfterSuccess() {
    BackOff backOff = new BackOff(Duration.ofSeconds(10), () -> 0.5);
    assertThat(Stream.generate(backOff::failed).limit(6).map(Duration::toSeconds))
        .containsExactly(1L, 2L, 4L, 8L, 10L, 10L);
    backOff.succeeded();
    assertThat(backOff.failed()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void pausesAreSpreadByAQuarterEitherWay() {
    assertThat(new BackOff(Duration.ofMinutes(1), () -> 0).failed())
        .isEqualTo(Duration.ofMillis(750));
    assertThat(new BackOff(Duration.ofMinutes(1), () -> 1).failed())
        .isEqualTo(Duration.ofMillis(1_250));
  }

  @Test
  void yearsOfFailuresDoNotOverflow() {
    BackOff backOff = new BackOff(Duration.ofMinutes(1), () -> 1);
    assertThat(Stream.generate(backOff::failed).limit(10_000))
        .allMatch(pause -> pause.compareTo(Duration.ofSeconds(75)) <= 0);
  }
}
