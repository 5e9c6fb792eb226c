package io.polegate.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.JournalSpec;
import io.polegate.api.config.JournalSpec.Evict;
import io.polegate.api.config.JournalSpec.LaneSpec;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import io.polegate.testkit.HandClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items of a lane with a time to live. */
final class KeepTest {
  private static final JournalSpec HOUR =
      new JournalSpec(
          64_000_000,
          Duration.ofMillis(10),
          Map.of(
              Lane.TELEMETRY,
              new LaneSpec(OptionalLong.empty(), Optional.of(Duration.ofHours(1)), Evict.OLDEST)),
          OptionalLong.empty());

  private final Path folder;
  private final HandClock clock = new HandClock();

  KeepTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void whatIsOlderIsNotSentAnyMoreAndIsAGap() throws Exception {
    try (SqliteJournal journal = opened()) {
      append(journal, 1, 100);
      pass(journal, Duration.ofMinutes(40));
      append(journal, 101, 200);
      pass(journal, Duration.ofMinutes(25));
      reportGaps(journal);

      SortedMap<Long, Sequenced> all = Journals.all(journal);
      assertThat(Journals.gaps(all)).singleElement().satisfies(KeepTest::isExpired);
      assertThat(countOf(all, Lane.TELEMETRY)).isEqualTo(100);
      assertThat(countOf(all, Lane.RESULT)).isPositive();
      assertThat(Journals.holes(all)).isEmpty();
      assertThat(journal.status().lostItems()).isEqualTo(100);
    }
  }

  @Test
  void agesGoOnOverARestart() throws Exception {
    try (SqliteJournal journal = opened()) {
      append(journal, 1, 100);
      pass(journal, Duration.ofMinutes(40));
    }
    // time without power is no age
    clock.advance(Duration.ofDays(30));
    try (SqliteJournal journal = opened()) {
      flush(journal);
      assertThat(countOf(Journals.all(journal), Lane.TELEMETRY)).isEqualTo(100);
      pass(journal, Duration.ofMinutes(25));
      assertThat(countOf(Journals.all(journal), Lane.TELEMETRY)).isZero();
    }
  }

  @Test
  void noStepOfTheClockTakesAnythingAwayOrKeepsItForEver() throws Exception {
    try (SqliteJournal journal = opened()) {
      append(journal, 1, 100);
      for (long days : new long[] {3650, 1, -7300, 0}) {
        clock.setWall(clock.instant().plus(Duration.ofDays(days)).plus(Duration.ofHours(5)));
        pass(journal, Duration.ofMinutes(10));
      }
      assertThat(countOf(Journals.all(journal), Lane.TELEMETRY)).isEqualTo(100);

      clock.setWall(clock.instant().minus(Duration.ofHours(9)));
      pass(journal, Duration.ofMinutes(25));
      assertThat(countOf(Journals.all(journal), Lane.TELEMETRY)).isZero();
    }
  }

  @Test
  void whatIsDeliveredExpiresWithoutAGap() throws Exception {
    try (SqliteJournal journal = opened()) {
      append(journal, 1, 100);
      journal.cursor("probe").acknowledge(Lane.TELEMETRY, 1000);
      pass(journal, Duration.ofMinutes(70));
      reportGaps(journal);

      assertThat(Journals.gaps(Journals.all(journal))).isEmpty();
      assertThat(journal.status().lostItems()).isZero();
    }
  }

  @Test
  void theMilestonesStayFew() throws Exception {
    try (SqliteJournal journal = opened()) {
      append(journal, 1, 10);
      pass(journal, Duration.ofHours(9));
    }
    try (var file = DatabaseFile.reader(folder.resolve("journal.db"))) {
      assertThat(Sql.number(file, "select count(*) from mark where name like 'age-%'"))
          .isBetween(20L, 250L);
    }
  }

  private SqliteJournal opened() {
    SqliteJournal journal = Journals.open(folder, clock, HOUR);
    journal.apply(Journals.pole(HOUR, "probe"));
    journal.cursor("probe");
    return journal;
  }

  /** With a commit every minute. */
  private void pass(SqliteJournal journal, Duration time) {
    for (long i = 0; i < time.toMinutes(); i++) {
      clock.advance(Duration.ofMinutes(1));
      flush(journal);
    }
  }

  private static void append(SqliteJournal journal, int from, int to) {
    for (int i = from; i <= to; i++) {
      journal.append(Items.reading(i));
    }
    flush(journal);
  }

  private void reportGaps(SqliteJournal journal) {
    clock.advance(Duration.ofSeconds(10));
    flush(journal);
    flush(journal);
    flush(journal);
  }

  private static void flush(SqliteJournal journal) {
    journal
        .appendDurably(new JournalItem.Result(Items.result("flush")))
        .toCompletableFuture()
        .join();
  }

  private static void isExpired(Lost gap) {
    assertThat(gap.lane()).isEqualTo("telemetry");
    assertThat(gap.cause()).isEqualTo("expired");
    assertThat(gap.count()).isEqualTo(100);
  }

  private static long countOf(SortedMap<Long, Sequenced> all, Lane lane) {
    return all.values().stream().filter(item -> item.item().lane() == lane).count();
  }
}
