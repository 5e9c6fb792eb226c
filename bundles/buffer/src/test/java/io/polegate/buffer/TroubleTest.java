package io.polegate.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import io.polegate.testkit.Await;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file cannot be written for a while, because somebody else has locked it. */
final class TroubleTest {
  private final Path folder;

  TroubleTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void whatIsOnDiskCanBeReadWhileNothingCanBeWritten() throws Exception {
    try (SqliteJournal journal = Journals.open(folder)) {
      journal.appendDurably(Items.alarm(1)).toCompletableFuture().join();
      try (Connection other = lock()) {
        journal.append(Items.alarm(2));
        awaitTrouble(journal);
        for (int i = 0; i < 50; i++) {
          assertThat(journal.cursor("city").read(Lane.ALARM, 0, 10)).hasSize(1);
          Thread.sleep(10);
        }
        Sql.run(other, "rollback");
      }
      Await.until("it is well", () -> journal.status().message().isEmpty());
    }
  }

  @Test
  void whoHearsThatAnItemIsNotStoredMayAppendAnother() throws Exception {
    try (SqliteJournal journal = Journals.open(folder)) {
      try (Connection other = lock()) {
        for (int i = 0; i < 20; i++) {
          long number = i;
          journal
              .appendDurably(Items.alarm(i))
              .whenComplete((seq, e) -> journal.append(Items.state(number)));
        }
        awaitTrouble(journal);
        Sql.run(other, "rollback");
      }
      Await.until("it is well", () -> journal.status().message().isEmpty());
      Journals.flush(journal);

      SortedMap<Long, Sequenced> all = Journals.all(journal);
      assertThat(Journals.holes(all)).isEmpty();
      assertThat(all.values()).extracting(Sequenced::item).contains(Items.state(19));
    }
  }

  @Test
  void closingTriesOnceMore() throws Exception {
    try (SqliteJournal journal = Journals.open(folder)) {
      try (Connection other = lock()) {
        journal.append(Items.alarm(1));
        awaitTrouble(journal);
        Sql.run(other, "rollback");
      }
    }
    try (SqliteJournal journal = Journals.open(folder)) {
      assertThat(Journals.all(journal).values())
          .extracting(Sequenced::item)
          .contains(Items.alarm(1));
    }
  }

  private Connection lock() throws SQLException {
    Connection other = Sql.connect(folder.resolve("journal.db"));
    Sql.run(other, "begin immediate");
    return other;
  }

  private static void awaitTrouble(SqliteJournal journal) throws InterruptedException {
    Await.until("it is in trouble", () -> !journal.status().message().isEmpty());
  }
}
