package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.journal.Lane;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is learnt from sessions that end too early. */
final class PacingTest {
  private static final Optional<Pacing.Front> POISON = front(7);

  private static Optional<Pacing.Front> front(long seq) {
    return Optional.of(new Pacing.Front(Lane.TELEMETRY, seq));
  }

  private static Pacing atOneItem() {
    Pacing pacing = new Pacing(2, 16);
    pacing.ended(POISON, 0);
    pacing.ended(POISON, 0);
    assertThat(pacing.batch()).isEqualTo(1);
    return pacing;
  }

  @Test
  void oneBrokenSessionProvesNothing() {
    Pacing pacing = new Pacing(200, 16);
    pacing.ended(POISON, 0);
    assertThat(pacing.batch()).isEqualTo(200);
  }

  @Test
  void theBatchIsHalvedWhileTheSameItemStandsAtTheFront() {
    Pacing pacing = new Pacing(200, 16);
    pacing.ended(POISON, 0);
    pacing.ended(POISON, 0);
    assertThat(pacing.batch()).isEqualTo(100);
    pacing.ended(front(8), 0);
    assertThat(pacing.batch()).isEqualTo(100);
  }

  @Test
  void eachMinuteOfGoodServiceDoublesTheBatch() {
    Pacing pacing = new Pacing(4, 16);
    for (int i = 0; i < 3; i++) {
      pacing.ended(POISON, 0);
    }
    long minute = Duration.ofMinutes(1).toNanos();
    pacing.progressed(minute - 1);
    assertThat(pacing.batch()).isEqualTo(1);
    pacing.progressed(minute);
    pacing.progressed(minute + 1);
    assertThat(pacing.batch()).isEqualTo(2);
    pacing.progressed(2 * minute);
    pacing.progressed(3 * minute);
    assertThat(pacing.batch()).isEqualTo(4);
  }

  @Test
  void anItemIsRefusedOnlyAfterItWasAloneOnTheLineInFiveSessions() {
    Pacing pacing = atOneItem();
    assertThat(pacing.allows(3, 20)).isTrue();
    assertThat(pacing.ended(POISON, 0)).isEmpty();
    for (int i = 1; i < Pacing.REFUSALS; i++) {
      assertThat(pacing.allows(0, 0)).isTrue();
      assertThat(pacing.allows(0, 1)).isFalse();
      assertThat(pacing.ended(POISON, 0)).isEmpty();
    }
    assertThat(pacing.ended(POISON, 0)).isEqualTo(POISON);
    assertThat(pacing.batch()).isEqualTo(2);
    assertThat(pacing.allows(3, 20)).isTrue();
  }

  @Test
  void anAcknowledgementInBetweenStartsTheCountAnew() {
    Pacing pacing = atOneItem();
    for (int i = 0; i < Pacing.REFUSALS; i++) {
      pacing.ended(POISON, 0);
    }
    pacing.progressed(0);
    for (int i = 0; i < Pacing.REFUSALS; i++) {
      assertThat(pacing.ended(POISON, 0)).isEmpty();
    }
  }
}
