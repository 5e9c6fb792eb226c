package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SparkplugCounterTest {
  private final SparkplugCounter counter = new SparkplugCounter();

  @Test
  void itCountsFromZeroTo255AndBeginsAgain() {
    for (int i = 0; i < 600; i++) {
      assertThat(counter.following()).isEqualTo(i % 256);
      assertThat(counter.next()).isEqualTo(i % 256);
    }
  }

  @Test
  void itCanBeginAnew() {
    counter.next();
    counter.next();
    counter.restart();
    assertThat(counter.next()).isZero();
  }
}
