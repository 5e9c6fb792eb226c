package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SparkplugRebirthTest {
  private static final long GAP = SparkplugRebirth.GAP.toNanos();
  private final SparkplugRebirth rebirth = new SparkplugRebirth();

  @Test
  void aStormOfRequestsOwesOneBirth() {
    rebirth.births(0);
    for (int i = 0; i < 1000; i++) {
      rebirth.request();
    }
    assertThat(rebirth.owed()).isTrue();
    rebirth.births(GAP);
    assertThat(rebirth.owed()).isFalse();
  }

  @Test
  void theNextBirthWaitsItsTime() {
    rebirth.births(1);
    rebirth.request();
    assertThat(rebirth.restNanos(1)).isEqualTo(GAP);
    assertThat(rebirth.restNanos(GAP)).isEqualTo(1);
    assertThat(rebirth.restNanos(GAP + 1)).isZero();
    assertThat(rebirth.restNanos(3 * GAP)).isZero();
  }

  @Test
  void theFirstBirthWaitsForNothing() {
    assertThat(rebirth.restNanos(0)).isZero();
  }
}
