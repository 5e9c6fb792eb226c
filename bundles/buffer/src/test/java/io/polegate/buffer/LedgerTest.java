package io.polegate.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.command.CommandResult;
import io.polegate.api.journal.CommandLedger.Remembered;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.testkit.HandClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerTest {
  private static final CommandResult RESULT = Items.result("a");

  private final Path folder;
  private final HandClock clock = new HandClock();
  private final Instant later = clock.instant().plusSeconds(60);

  LedgerTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void anIdIsNewOnceAndKnownAfterwardsOverRestarts() throws Exception {
    try (SqliteJournal journal = open()) {
      assertThat(journal.begin("a", later)).isEmpty();
      assertThat(journal.begin("a", later)).contains(new Remembered("a", Optional.empty()));
    }
    try (SqliteJournal journal = open()) {
      assertThat(journal.begin("a", later)).contains(new Remembered("a", Optional.empty()));
      assertThat(journal.unfinished()).containsExactly("a");
      journal.finish(RESULT);
      assertThat(journal.unfinished()).isEmpty();
    }
    try (SqliteJournal journal = open()) {
      assertThat(journal.begin("a", later)).contains(new Remembered("a", Optional.of(RESULT)));
    }
  }

  @Test
  void aResultIsInTheJournalWhenFinishReturns() throws Exception {
    try (SqliteJournal journal = open()) {
      journal.begin("a", later);
      journal.finish(RESULT);

      assertThat(journal.cursor("city").read(Lane.RESULT, 0, 10))
          .singleElement()
          .satisfies(item -> assertThat(item.item()).isEqualTo(new JournalItem.Result(RESULT)));
    }
  }

  @Test
  void aFinishedIdIsForgottenAfterItsTimeAndAnUnfinishedOneIsNot() throws Exception {
    try (SqliteJournal journal = open()) {
      journal.begin("a", later);
      journal.begin("b", later);
      journal.finish(RESULT);
      clock.advance(Duration.ofSeconds(61));
      journal.begin("c", clock.instant().plusSeconds(60));

      assertThat(journal.begin("a", later)).isEmpty();
      assertThat(journal.begin("b", later)).isPresent();
      assertThat(journal.unfinished()).containsExactly("a", "b", "c");
    }
  }

  private SqliteJournal open() {
    return Journals.open(folder, clock, Journals.QUICK);
  }
}
