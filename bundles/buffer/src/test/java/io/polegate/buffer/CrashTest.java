package io.polegate.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.JournalSpec;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens what a power cut leaves at a moment that is hard to hit. */
final class CrashTest {
  private static final JournalSpec SMALL = new JournalSpec(1_200_000, Duration.ofMillis(10));

  private final Path folder;

  CrashTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void theLogStaysWithinTheLimitOverManyCuts() throws Exception {
    Path place = Files.createDirectory(folder.resolve("0"));
    for (int cut = 1; cut <= 20; cut++) {
      try (SqliteJournal journal = Journals.open(place, SMALL)) {
        journal.appendDurably(largeState()).toCompletableFuture().join();
        place = copy(place, String.valueOf(cut));
      }
      assertThat(Folders.size(place.resolve("journal.db-wal")))
          .as("log after cut %d", cut)
          .isLessThanOrEqualTo(256_000);
    }
  }

  @Test
  void aCutWhileTheLogMovesIntoTheFileIsNoDamage() throws Exception {
    Path live = Files.createDirectory(folder.resolve("live"));
    Path crashed;
    try (SqliteJournal journal = Journals.open(live)) {
      appendDurably(journal, 300);
      crashed = copy(live, "crashed");
    }
    // closing has moved the log; its first step is the first page, which says how long the file is
    try (RandomAccessFile from = open(live);
        RandomAccessFile to = open(crashed)) {
      byte[] page = new byte[DatabaseFile.PAGE_BYTES];
      from.readFully(page);
      to.write(page);
      assertThat(to.length()).isLessThan(from.length());
    }

    try (SqliteJournal journal = Journals.open(crashed)) {
      appendDurably(journal, 1);
      SortedMap<Long, Sequenced> all = Journals.all(journal);
      assertThat(all).hasSize(301);
      assertThat(typesOf(all)).doesNotContain("journal-damaged");
    }
  }

  @Test
  void aCutDuringSalvageDoesNotMakeTheDamageForgotten() throws Exception {
    Path live = Files.createDirectory(folder.resolve("live"));
    Path crashed;
    try (SqliteJournal journal = Journals.open(live)) {
      appendDurably(journal, 50);
      crashed = copy(live, "crashed");
    }
    try (RandomAccessFile log =
        new RandomAccessFile(crashed.resolve("journal.db-wal").toFile(), "rw")) {
      log.seek(100_000);
      log.write(new byte[100]);
    }
    beginSalvage(crashed);

    try (SqliteJournal journal = Journals.open(crashed)) {
      appendDurably(journal, 1);
      SortedMap<Long, Sequenced> all = Journals.all(journal);
      assertThat(all.lastKey()).isGreaterThan(50);
      all.headMap(51L).forEach((seq, item) -> assertThat(item.item()).isEqualTo(item(seq)));
      assertThat(typesOf(all)).contains("journal-damaged");
    }
  }

  @Test
  void aPlaceThatWasGarbledDoesNotSkipWhatComes() throws Exception {
    try (SqliteJournal journal = Journals.open(folder)) {
      appendDurably(journal, 10);
      journal.cursor("city").acknowledge(Lane.ALARM, 5);
    }
    try (Connection file = Sql.connect(folder.resolve("journal.db"))) {
      Sql.run(file, "update cursor set seq=1000000000000");
    }
    try (SqliteJournal journal = Journals.open(folder)) {
      appendDurably(journal, 3);

      assertThat(journal.cursor("city").pending(Lane.ALARM)).isEqualTo(3);
    }
  }

  private static void beginSalvage(Path place) throws Exception {
    JournalFiles files = new JournalFiles(place, InstantSource.system());
    files.save(100_050, 0, Set.of());
  }

  private static JournalItem largeState() {
    Value text = new Value.Text("x".repeat(30_000));
    return new JournalItem.Event(Lane.STATE, Items.time(1), "note", Map.of("text", text));
  }

  private static JournalItem item(long number) {
    return Items.alarm(number);
  }

  private static void appendDurably(SqliteJournal journal, int count) {
    for (int i = 1; i <= count; i++) {
      journal.appendDurably(item(i)).toCompletableFuture().join();
    }
  }

  private static List<String> typesOf(SortedMap<Long, Sequenced> all) {
    return all.values().stream()
        .map(Sequenced::item)
        .filter(JournalItem.Event.class::isInstance)
        .map(item -> ((JournalItem.Event) item).type())
        .toList();
  }

  private static RandomAccessFile open(Path place) throws IOException {
    return new RandomAccessFile(place.resolve("journal.db").toFile(), "rw");
  }

  private Path copy(Path from, String name) throws IOException {
    Path to = Files.createDirectory(folder.resolve(name));
    for (String file : List.of("journal.db", "journal.db-wal", "journal.seq")) {
      Files.copy(from.resolve(file), to.resolve(file));
    }
    return to;
  }
}
