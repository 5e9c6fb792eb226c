package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.journal.JournalReader;
import io.polegate.api.journal.Lane;
import io.polegate.testkit.HandClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a backlog will be done. */
final class BacklogTest {
  private final HandClock clock = new HandClock();
  private final InMemoryJournal journal = new InMemoryJournal();
  private final JournalReader.Cursor cursor = journal.cursor("city");
  private final Backlog backlog = new Backlog(cursor, clock.monotonic());

  private void second(long delivered, int added) {
    cursor.acknowledge(Lane.TELEMETRY, cursor.acknowledged(Lane.TELEMETRY) + delivered);
    journal.appendReadings(added);
    clock.advance(Duration.ofSeconds(1));
    backlog.look();
  }

  private Optional<Duration> doneIn() {
    return backlog.doneIn(backlog.pending());
  }

  @Test
  void theRateOfTheLastMinuteSaysWhen() {
    journal.appendReadings(10_000);
    backlog.began();
    backlog.look();
    assertThat(doneIn()).isEmpty();
    for (int i = 0; i < 50; i++) {
      second(30, 10);
    }
    assertThat(backlog.pending()).containsEntry(Lane.TELEMETRY, 9000L);
    assertThat(doneIn().orElseThrow()).hasSeconds(450);
    for (int i = 0; i < 100; i++) {
      second(15, 10);
    }
    assertThat(doneIn().orElseThrow()).hasSeconds(1700);
  }

  @Test
  void aBacklogThatDoesNotShrinkHasNoEndAndNoneNeedsNone() {
    journal.appendReadings(100);
    backlog.began();
    for (int i = 0; i < 20; i++) {
      second(5, 5);
    }
    assertThat(doneIn()).isEmpty();
    cursor.acknowledge(Lane.TELEMETRY, 10_000);
    assertThat(doneIn()).isEmpty();
  }

  @Test
  void whatWasSeenLongAgoOrInAnotherSessionSaysNothing() {
    journal.appendReadings(1000);
    backlog.began();
    for (int i = 0; i < 20; i++) {
      second(5, 0);
    }
    assertThat(doneIn()).isPresent();
    clock.advance(Duration.ofMinutes(5));
    assertThat(doneIn()).isEmpty();
    second(5, 0);
    backlog.began();
    assertThat(doneIn()).isEmpty();
  }
}
