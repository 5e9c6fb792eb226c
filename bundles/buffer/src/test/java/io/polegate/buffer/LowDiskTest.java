package io.polegate.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Sequenced;
import io.polegate.testkit.HandClock;
import io.polegate.testkit.HandPoleClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LowDiskTest {
  private final Path folder;
  private final HandClock clock = new HandClock();
  private final AtomicLong free = new AtomicLong(1_000_000_000);

  LowDiskTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void onALowDiskTheFileStaysAsItIsAndTheOldestGoes() throws Exception {
    try (SqliteJournal journal = opened()) {
      append(journal, 30);
      free.set(FreeSpace.FLOOR - 1);
      look(journal);
      long before = Folders.size(folder.resolve("journal.db"));
      append(journal, 60);

      assertThat(before).isGreaterThan(1_000_000);
      assertThat(Folders.size(folder.resolve("journal.db"))).isLessThanOrEqualTo(before + 8192);
      assertThat(Folders.size(folder.resolve("journal.db-wal"))).isLessThan(1_000_000);
      assertThat(journal.status().lostItems()).isPositive();
      look(journal);
      assertThat(events(journal)).containsExactly("disk-low");
    }
  }

  @Test
  void whenThereIsSpaceAgainItGrowsOnAndBothAreSaidOnce() throws Exception {
    try (SqliteJournal journal = opened()) {
      append(journal, 30);
      for (long bytes :
          new long[] {FreeSpace.FLOOR - 1, FreeSpace.FLOOR + 1, 1000, FreeSpace.ENOUGH - 1}) {
        free.set(bytes);
        look(journal);
      }
      free.set(FreeSpace.ENOUGH);
      look(journal);
      long lost = journal.status().lostItems();
      long before = Folders.size(folder.resolve("journal.db"));
      append(journal, 60);
      look(journal);

      assertThat(events(journal)).containsExactly("disk-low", "disk-low-ended");
      assertThat(journal.status().lostItems()).isEqualTo(lost);
      assertThat(Folders.size(folder.resolve("journal.db"))).isGreaterThan(before);
      assertThat(Journals.holes(Journals.all(journal))).isEmpty();
    }
  }

  private SqliteJournal opened() {
    return new SqliteJournal(
        folder,
        new HandPoleClock(clock),
        clock.monotonic(),
        Journals.QUICK,
        free::get,
        OptionalLong::empty);
  }

  private void append(SqliteJournal journal, int commits) {
    String text = "x".repeat(200);
    for (int i = 0; i < commits; i++) {
      for (int j = 0; j < 200; j++) {
        journal.append(Items.noted(text + i + "-" + j));
      }
      Journals.flush(journal);
    }
  }

  /** The writer looks before it waits, so the second commit is behind a look. */
  private void look(SqliteJournal journal) {
    clock.advance(Duration.ofSeconds(10));
    Journals.flush(journal);
    Journals.flush(journal);
    Journals.flush(journal);
  }

  private static List<String> events(SqliteJournal journal) throws Exception {
    SortedMap<Long, Sequenced> all = Journals.all(journal);
    return all.values().stream()
        .map(Sequenced::item)
        .filter(JournalItem.Event.class::isInstance)
        .map(item -> ((JournalItem.Event) item).type())
        .filter(type -> type.startsWith("disk-low"))
        .toList();
  }
}
