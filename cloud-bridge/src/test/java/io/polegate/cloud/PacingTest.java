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
    pacing.broke(POISON, 0);
    pacing.broke(POISON, 0);
    assertThat(pacing.batch()).isEqualTo(1);
    return pacing;
  }

  @Test
  void oneBrokenSessionProvesNothing() {
    Pacing pacing = new Pacing(200, 16);
    pacing.broke(POISON, 0);
    assertThat(pacing.batch()).isEqualTo(200);
  }

  @Test
  void theBatchIsHalvedWhileTheSameItemStandsAtTheFront() {
    Pacing pacing = new Pacing(200, 16);
    pacing.broke(POISON, 0);
    pacing.broke(POISON, 0);
    assertThat(pacing.batch()).isEqualTo(100);
    pacing.broke(front(8), 0);
    assertThat(pacing.batch()).isEqualTo(100);
  }

  @Test
  void eachMinuteOfGoodServiceDoublesTheBatch() {
    Pacing pacing = new Pacing(4, 16);
    for (int i = 0; i < 3; i++) {
      pacing.broke(POISON, 0);
    }
    long minute = Duration.ofMinutes(1).toNanos();
    pacing.progressed(Lane.TELEMETRY, minute - 1);
    assertThat(pacing.batch()).isEqualTo(1);
    pacing.progressed(Lane.TELEMETRY, minute);
    pacing.progressed(Lane.TELEMETRY, minute + 1);
    assertThat(pacing.batch()).isEqualTo(2);
    pacing.progressed(Lane.TELEMETRY, 2 * minute);
    pacing.progressed(Lane.TELEMETRY, 3 * minute);
    assertThat(pacing.batch()).isEqualTo(4);
  }

  @Test
  void anItemIsRefusedOnlyAfterItWasAloneOnTheLineInFiveSessions() {
    Pacing pacing = atOneItem();
    assertThat(pacing.allows(Lane.TELEMETRY, 3, 20)).isTrue();
    assertThat(pacing.broke(POISON, 0)).isEmpty();
    for (int i = 1; i < Pacing.REFUSALS; i++) {
      assertThat(pacing.allows(Lane.TELEMETRY, 0, 0)).isTrue();
      assertThat(pacing.allows(Lane.TELEMETRY, 0, 1)).isFalse();
      assertThat(pacing.broke(POISON, 0)).isEmpty();
    }
    assertThat(pacing.broke(POISON, 0)).isEqualTo(POISON);
    assertThat(pacing.batch()).isEqualTo(2);
    assertThat(pacing.allows(Lane.TELEMETRY, 3, 20)).isTrue();
  }

  @Test
  void anAcknowledgementInBetweenStartsTheCountAnew() {
    Pacing pacing = atOneItem();
    for (int i = 0; i < Pacing.REFUSALS; i++) {
      pacing.broke(POISON, 0);
    }
    pacing.progressed(Lane.TELEMETRY, 0);
    for (int i = 0; i < Pacing.REFUSALS; i++) {
      assertThat(pacing.broke(POISON, 0)).isEmpty();
    }
  }

  @Test
  void progressOfAnotherLaneClearsNobody() {
    Pacing pacing = atOneItem();
    for (int i = 0; i < Pacing.REFUSALS; i++) {
      assertThat(pacing.broke(POISON, 0)).isEmpty();
      pacing.progressed(Lane.ALARM, 1);
      assertThat(pacing.allows(Lane.TELEMETRY, 0, 1)).isFalse();
    }
    assertThat(pacing.broke(POISON, 0)).isEqualTo(POISON);
  }

  @Test
  void aSessionThatGoesWellForAMinuteClearsAll() {
    Pacing pacing = atOneItem();
    pacing.broke(POISON, 0);
    pacing.began(0);
    assertThat(pacing.allows(Lane.ALARM, 0, 1)).isFalse();
    pacing.progressed(Lane.ALARM, Duration.ofMinutes(1).toNanos());
    assertThat(pacing.allows(Lane.ALARM, 0, 1)).isTrue();
  }

  @Test
  void aSessionThatEndsWithNothingUnderWayProvesNothing() {
    Pacing pacing = atOneItem();
    for (int i = 0; i < Pacing.REFUSALS; i++) {
      pacing.broke(POISON, 0);
      pacing.broke(Optional.empty(), 0);
    }
    assertThat(pacing.broke(POISON, 0)).isEqualTo(POISON);
  }

  @Test
  void whatThePlatformPassesOverIsAloneInItsLaneOnly() {
    Pacing pacing = new Pacing(1, 16);
    Pacing.Front poison = POISON.orElseThrow();
    pacing.overdue(poison, 0);
    pacing.overdue(poison, 0);
    assertThat(pacing.allows(Lane.TELEMETRY, 1, 0)).isFalse();
    assertThat(pacing.allows(Lane.ALARM, 5, 5)).isTrue();
    for (int i = 1; i < Pacing.REFUSALS; i++) {
      pacing.broke(front(9), 0); // the line shakes as well
      pacing.progressed(Lane.ALARM, 0);
      assertThat(pacing.overdue(poison, 0)).isEmpty();
    }
    assertThat(pacing.overdue(poison, 0)).isEqualTo(POISON);
    assertThat(pacing.allows(Lane.TELEMETRY, 1, 0)).isTrue();
  }
}
