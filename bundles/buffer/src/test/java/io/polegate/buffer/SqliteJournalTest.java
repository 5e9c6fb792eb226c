package io.polegate.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.JournalSpec;
import io.polegate.api.journal.JournalReader.Cursor;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import io.polegate.testkit.Await;
import io.polegate.testkit.HandClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteJournalTest {
  private static final JournalSpec SLOW = new JournalSpec(64_000_000, Duration.ofMillis(200));

  private final Path folder;

  SqliteJournalTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void itemsKeepTheirOrderWithoutHolesOverRestarts() throws Exception {
    long number = 0;
    for (int run = 0; run < 5; run++) {
      try (SqliteJournal journal = Journals.open(folder)) {
        for (int i = 0; i < 1500; i++) {
          number++;
          journal.append(number % 7 == 0 ? Items.alarm(number) : Items.reading(number));
        }
      }
    }

    try (SqliteJournal journal = Journals.open(folder)) {
      SortedMap<Long, Sequenced> all = Journals.all(journal);
      assertThat(all.keySet()).containsExactlyElementsOf(numbers(1, number));
      all.forEach(
          (seq, item) ->
              assertThat(item.item())
                  .isEqualTo(seq % 7 == 0 ? Items.alarm(seq) : Items.reading(seq)));
      assertThat(journal.status().lastSeq()).isEqualTo(number);
      assertThat(journal.status().message()).isEmpty();
    }
  }

  @Test
  void aDurableItemIsThereWhenItsPromiseIsKept() throws Exception {
    HandClock clock = new HandClock();
    try (SqliteJournal journal = Journals.open(folder, clock, SLOW)) {
      journal.append(Items.reading(1));
      long seq = journal.appendDurably(Items.reading(2)).toCompletableFuture().join();

      assertThat(seq).isEqualTo(2);
      // the one before came along
      assertThat(journal.cursor("city").read(Lane.TELEMETRY, 0, 10)).hasSize(2);
    }
  }

  @Test
  void telemetryWaitsForItsInterval() throws Exception {
    HandClock clock = new HandClock();
    try (SqliteJournal journal = Journals.open(folder, clock, SLOW)) {
      journal.append(Items.reading(1));
      clock.advance(Duration.ofMillis(200));
      Await.until("the first is on disk", () -> journal.status().lastSeq() == 1);

      journal.append(Items.reading(2));
      clock.advance(Duration.ofMillis(199));
      assertThat(journal.cursor("city").read(Lane.TELEMETRY, 1, 10)).isEmpty();

      clock.advance(Duration.ofMillis(1));
      Await.until("it is on disk", () -> journal.status().lastSeq() == 2);
      assertThat(journal.cursor("city").read(Lane.TELEMETRY, 1, 10)).hasSize(1);
    }
  }

  @Test
  void firstTelemetryAfterOpeningHardlyWaits() throws Exception {
    HandClock clock = new HandClock();
    try (SqliteJournal journal = Journals.open(folder, clock, SLOW)) {
      journal.append(Items.reading(1));
      clock.advance(Duration.ofMillis(10));
      Await.until("it is on disk", () -> journal.status().lastSeq() == 1);
    }
  }

  @Test
  void alarmsAndStatesDoNotWait() throws Exception {
    HandClock clock = new HandClock();
    try (SqliteJournal journal = Journals.open(folder, clock, SLOW)) {
      journal.append(Items.alarm(1));
      Await.until("the alarm is on disk", () -> journal.status().lastSeq() == 1);
      journal.append(Items.state(2));
      Await.until("the state is on disk", () -> journal.status().lastSeq() == 2);
    }
  }

  @Test
  void placesOutliveRestartsAndNeverGoBack() throws Exception {
    try (SqliteJournal journal = Journals.open(folder)) {
      appendReadings(journal, 1000);
      Journals.flush(journal);
      Cursor cursor = journal.cursor("city");
      cursor.acknowledge(Lane.TELEMETRY, 700);
      cursor.acknowledge(Lane.TELEMETRY, 300);
      assertThat(cursor.pending(Lane.TELEMETRY)).isEqualTo(300);
    }
    try (SqliteJournal journal = Journals.open(folder)) {
      Cursor cursor = journal.cursor("city");
      assertThat(cursor.acknowledged(Lane.TELEMETRY)).isEqualTo(700);
      assertThat(cursor.pending(Lane.TELEMETRY)).isEqualTo(300);
      assertThat(cursor.read(Lane.TELEMETRY, 700, 5))
          .extracting(Sequenced::seq)
          .containsExactly(701L, 702L, 703L, 704L, 705L);
      assertThat(journal.cursor("other").pending(Lane.TELEMETRY)).isEqualTo(1000);
      // the state of the flush and nothing else
      assertThat(journal.status().pending()).containsEntry("city", 301L);
    }
  }

  @Test
  void acknowledgingWhatDoesNotExistDoesNotSkipWhatComes() throws Exception {
    try (SqliteJournal journal = Journals.open(folder)) {
      appendReadings(journal, 10);
      Journals.flush(journal);
      Cursor cursor = journal.cursor("city");
      cursor.acknowledge(Lane.TELEMETRY, 1_000_000);
      appendReadings(journal, 5);
      Journals.flush(journal);

      assertThat(cursor.pending(Lane.TELEMETRY)).isEqualTo(5);
    }
  }

  @Test
  void readingInSmallStepsGivesEveryItemOnce() throws Exception {
    try (SqliteJournal journal = Journals.open(folder)) {
      for (int i = 1; i <= 3000; i++) {
        journal.append(i % 3 == 0 ? Items.alarm(i) : Items.reading(i));
      }
      Journals.flush(journal);
      Cursor cursor = journal.cursor("city");
      long place = 0;
      int count = 0;
      for (List<Sequenced> items = cursor.read(Lane.TELEMETRY, place, 7);
          !items.isEmpty();
          items = cursor.read(Lane.TELEMETRY, place, 7)) {
        for (Sequenced item : items) {
          assertThat(item.seq()).isGreaterThan(place);
          place = item.seq();
          count++;
        }
        cursor.acknowledge(Lane.TELEMETRY, place);
        assertThat(cursor.pending(Lane.TELEMETRY)).isEqualTo(2000 - count);
      }
      assertThat(count).isEqualTo(2000);
    }
  }

  @Test
  void listenersAreCalledAfterCommitsUntilTheyLeave() throws Exception {
    try (SqliteJournal journal = Journals.open(folder)) {
      AtomicInteger calls = new AtomicInteger();
      var subscription = journal.onCommit(calls::incrementAndGet);
      journal.append(Items.alarm(1));
      Await.until("the listener is called", () -> calls.get() > 0);
      subscription.close();
      int before = calls.get();
      Journals.flush(journal);
      assertThat(calls.get()).isEqualTo(before);
    }
  }

  @Test
  void whatCannotBeKeptUpWithIsDroppedOldestFirstAndReported() throws Exception {
    HandClock clock = new HandClock();
    try (SqliteJournal journal = Journals.open(folder, clock, SLOW)) {
      // a listener that does not return keeps the writer busy
      CompletableFuture<Void> busy = new CompletableFuture<>();
      CompletableFuture<Void> release = new CompletableFuture<>();
      journal.onCommit(
          () -> {
            busy.complete(null);
            release.join();
          });
      journal.append(Items.alarm(1));
      busy.join();
      appendReadings(journal, Inbox.MAX_ITEMS + 500);
      release.complete(null);
      assertThat(journal.status().lostItems()).isEqualTo(500);
      clock.advance(Duration.ofSeconds(1));
      long last = Inbox.MAX_ITEMS + 501;
      Await.until("the rest is on disk", () -> journal.status().lastSeq() == last);
      clock.advance(Duration.ofSeconds(10));
      Journals.flush(journal);
      Await.until("the gap is reported", () -> journal.cursor("a").pending(Lane.ALARM) == 2);

      SortedMap<Long, Sequenced> all = Journals.all(journal);
      assertThat(Journals.gaps(all))
          .containsExactly(Lost.of(2, 501, 500, Lane.TELEMETRY, Lost.OVERFLOW));
      assertThat(Journals.holes(all)).isEmpty();
    }
  }

  private static void appendReadings(SqliteJournal journal, int count) {
    for (int i = 1; i <= count; i++) {
      journal.append(Items.reading(i));
    }
  }

  private static Iterable<Long> numbers(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }
}
