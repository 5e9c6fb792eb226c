package io.polegate.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.config.JournalSpec;
import io.polegate.api.config.JournalSpec.Evict;
import io.polegate.api.config.JournalSpec.LaneSpec;
import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalException;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.JournalReader.Cursor;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import io.polegate.testkit.Await;
import io.polegate.testkit.HandClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LanePolicyTest {
  private static final long LIMIT = 100_000;

  /** The block that was written last may lie above it. */
  private static final long SLACK = 70_000;

  private final Path folder;
  private final HandClock clock = new HandClock();
  private long number;
  private long states;

  LanePolicyTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aLaneWithALimitLosesItsOldestAndNoOtherLaneDoes() throws Exception {
    try (SqliteJournal journal = opened(limited(Lane.STATE, LIMIT, Evict.OLDEST))) {
      for (int i = 0; i < 40; i++) {
        append(journal, 100);
        states(journal, 400);
        assertThat(laneBytes(Lane.STATE)).isLessThanOrEqualTo(LIMIT);
      }
      reportGaps(journal);

      SortedMap<Long, Sequenced> all = Journals.all(journal);
      assertThat(Journals.gaps(all))
          .singleElement()
          .satisfies(gap -> isOf(gap, "state", "evicted"));
      assertThat(Journals.holes(all)).isEmpty();
      assertThat(countOf(all, Lane.TELEMETRY)).isEqualTo(4000);
      assertThat(Journals.gaps(all).get(0).count()).isEqualTo(journal.status().lostItems());
      assertThat(countOf(all, Lane.STATE)).isEqualTo(states - journal.status().lostItems());
    }
  }

  @Test
  void whereTheNewestGivesWayTheBeginningOfAnOutageStays() throws Exception {
    try (SqliteJournal journal = opened(limited(Lane.TELEMETRY, LIMIT, Evict.NEWEST))) {
      while (journal.status().lostItems() == 0) {
        append(journal, 100);
      }
      append(journal, 500);
      assertThatThrownBy(() -> journal.appendDurably(reading(0)).toCompletableFuture().join())
          .hasCauseInstanceOf(JournalException.class);
      reportGaps(journal);

      SortedMap<Long, Sequenced> all = Journals.all(journal);
      assertThat(all).containsKey(1L);
      assertThat(laneBytes(Lane.TELEMETRY)).isLessThanOrEqualTo(LIMIT);
      assertThat(Journals.gaps(all))
          .singleElement()
          .satisfies(gap -> isOf(gap, "telemetry", "evicted"));
      assertThat(Journals.holes(all)).isEmpty();
      assertThat(countOf(all, Lane.TELEMETRY) + journal.status().lostItems()).isEqualTo(number + 1);
    }
  }

  @Test
  void aLaneThatKeepsItsOldestTakesItemsAgainWhenTheyAreDelivered() throws Exception {
    try (SqliteJournal journal = opened(limited(Lane.TELEMETRY, LIMIT, Evict.NEWEST))) {
      Cursor cursor = journal.cursor("probe");
      while (journal.status().lostItems() == 0) {
        append(journal, 100);
      }
      long lost = journal.status().lostItems();
      List<Sequenced> items = cursor.read(Lane.TELEMETRY, 0, 1_000_000);
      cursor.acknowledge(Lane.TELEMETRY, items.get(items.size() - 1).seq());
      append(journal, 300);

      assertThat(journal.status().lostItems()).isEqualTo(lost);
      assertThat(cursor.pending(Lane.TELEMETRY)).isEqualTo(300);
    }
  }

  @Test
  void thinningKeepsTheWholeOutageWithLessDetailAndCountsWhatItTook() throws Exception {
    try (SqliteJournal journal = opened(limited(Lane.TELEMETRY, LIMIT, Evict.THIN))) {
      for (int i = 0; i < 200; i++) {
        append(journal, 250);
      }
      reportGaps(journal);

      SortedMap<Long, Sequenced> all = Journals.all(journal);
      assertThat(laneBytes(Lane.TELEMETRY)).isLessThanOrEqualTo(LIMIT + SLACK);
      assertThat(all.firstKey()).isLessThan(6);
      assertThat(Journals.gaps(all)).allSatisfy(gap -> isOf(gap, "telemetry", "thinned"));
      long counted = Journals.gaps(all).stream().mapToLong(Lost::count).sum();
      assertThat(counted).isEqualTo(number - countOf(all, Lane.TELEMETRY));
      assertThat(counted).isEqualTo(journal.status().lostItems());
      // every tenth of the outage is there, the older the coarser
      for (long from = 0; from < 50_000; from += 5_000) {
        assertThat(countOf(all.subMap(from, from + 5_000), Lane.TELEMETRY)).isGreaterThan(30);
      }
      all.subMap(0L, 50_000L).values().forEach(LanePolicyTest::isUnchanged);
      long pending = journal.cursor("probe").pending(Lane.TELEMETRY);
      assertThat(pending).isEqualTo(countOf(all, Lane.TELEMETRY));
    }
  }

  @Test
  void aReaderInTheMiddleOfTheThinnedPartMissesNothingThatIsThere() throws Exception {
    try (SqliteJournal journal = opened(limited(Lane.TELEMETRY, LIMIT, Evict.THIN))) {
      Cursor cursor = journal.cursor("probe");
      long place = 0;
      for (int i = 0; i < 150; i++) {
        append(journal, 250);
        List<Sequenced> items = cursor.read(Lane.TELEMETRY, place, 40);
        assertThat(items).isNotEmpty();
        place = items.get(items.size() - 1).seq();
      }
      SortedMap<Long, Sequenced> all = Journals.all(journal);
      List<Sequenced> rest = cursor.read(Lane.TELEMETRY, place, 1_000_000);

      assertThat(rest).allMatch(item -> all.containsKey(item.seq()));
      assertThat(rest.size())
          .isEqualTo(
              all.tailMap(place + 1).values().stream()
                  .filter(item -> item.item().lane() == Lane.TELEMETRY)
                  .count());
      assertThat(journal.status().message()).isEmpty();
      assertThat(journal.cursor("probe").read(Lane.ALARM, 0, 100))
          .noneMatch(item -> item.item().toString().contains("journal-damaged"));
    }
  }

  @Test
  void whenOnlyTheCoarsestIsLeftTheOldestGoes() throws Exception {
    try (SqliteJournal journal = opened(limited(Lane.TELEMETRY, LIMIT, Evict.THIN))) {
      for (int i = 0; i < 150; i++) {
        for (int j = 0; j < 500; j++) {
          // a point each hour
          journal.append(reading(j, number++ / 500 * 36_000));
        }
        Journals.flush(journal);
      }
      reportGaps(journal);

      SortedMap<Long, Sequenced> all = Journals.all(journal);
      assertThat(laneBytes(Lane.TELEMETRY)).isLessThanOrEqualTo(LIMIT + SLACK);
      assertThat(Journals.gaps(all)).extracting(Lost::cause).containsOnly("evicted");
      assertThat(Journals.holes(all)).isEmpty();
    }
  }

  @Test
  void theFileShrinksAfterALowerLimitOfALane() throws Exception {
    try (SqliteJournal journal = opened(new JournalSpec(64_000_000, Duration.ofMillis(10)))) {
      for (int i = 0; i < 200; i++) {
        states(journal, 2000);
      }
      long before = journal.status().usedBytes();
      JournalSpec small = limited(Lane.STATE, LIMIT, Evict.OLDEST);
      journal.apply(Journals.pole(small, "probe"));
      Await.until("the lane is small", () -> laneBytes(Lane.STATE) <= LIMIT);
      Await.until("the file is small", () -> journal.status().usedBytes() < before / 2);
      Journals.flush(journal);
      Await.until(
          "the file is small", () -> Folders.size(folder.resolve("journal.db")) < 2_000_000);
    }
  }

  private SqliteJournal opened(JournalSpec spec) {
    SqliteJournal journal = Journals.open(folder, clock, spec);
    journal.apply(Journals.pole(spec, "probe"));
    journal.cursor("probe");
    return journal;
  }

  private static JournalSpec limited(Lane lane, long bytes, Evict evict) {
    LaneSpec limits = new LaneSpec(OptionalLong.of(bytes), Optional.empty(), evict);
    return new JournalSpec(
        64_000_000, Duration.ofMillis(10), Map.of(lane, limits), OptionalLong.empty());
  }

  private void append(SqliteJournal journal, int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      journal.append(reading(number++));
    }
    flushAlarm(journal);
  }

  private void states(SqliteJournal journal, int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      journal.append(Items.state(states++));
    }
    flushAlarm(journal);
  }

  /** By a lane that no test limits. */
  private static void flushAlarm(SqliteJournal journal) {
    journal
        .appendDurably(new JournalItem.Result(Items.result("flush")))
        .toCompletableFuture()
        .join();
  }

  private void reportGaps(SqliteJournal journal) {
    clock.advance(Duration.ofSeconds(10));
    flushAlarm(journal);
    flushAlarm(journal);
    flushAlarm(journal);
  }

  private static JournalItem reading(long which) {
    return reading(which % 5, which / 5);
  }

  private static JournalItem reading(long point, long step) {
    SampleTime time = new SampleTime(Items.time(step).instant(), TimeQuality.TRUSTED);
    return new JournalItem.PointReading(
        "lamp", "p" + point, "W", new Reading.Good(new Value.Int(step * 1000 + point), time));
  }

  private static void isUnchanged(Sequenced item) {
    if (item.item() instanceof JournalItem.PointReading reading
        && reading.reading() instanceof Reading.Good good
        && good.value() instanceof Value.Int value) {
      assertThat(item.item()).isEqualTo(reading(value.value() % 1000, value.value() / 1000));
    }
  }

  private static long countOf(SortedMap<Long, Sequenced> all, Lane lane) {
    return all.values().stream().filter(item -> item.item().lane() == lane).count();
  }

  private static void isOf(Lost gap, String lane, String cause) {
    assertThat(gap.lane()).isEqualTo(lane);
    assertThat(gap.cause()).isEqualTo(cause);
  }

  private long laneBytes(Lane lane) throws Exception {
    try (Connection file = DatabaseFile.reader(folder.resolve("journal.db"))) {
      return Sql.number(file, "select sum(length(body) + 32) from " + Sql.table(lane));
    }
  }
}
