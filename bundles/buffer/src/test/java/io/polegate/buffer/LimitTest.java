package io.polegate.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.JournalSpec;
import io.polegate.api.journal.JournalReader.Cursor;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import io.polegate.testkit.Await;
import io.polegate.testkit.HandClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LimitTest {
  private static final long LIMIT = 1_200_000;
  private static final JournalSpec SMALL = new JournalSpec(LIMIT, Duration.ofMillis(10));

  private final Path folder;
  private final HandClock clock = new HandClock();
  private final Random random = new Random(7);
  private long appendedBytes;

  LimitTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aDeadUplinkCostsTheOldestTelemetryAndOneGapRecord() throws Exception {
    try (SqliteJournal journal = Journals.open(folder, clock, SMALL)) {
      journal.apply(Journals.pole(SMALL, "probe"));
      journal.cursor("probe");
      for (int i = 0; i < 20; i++) {
        journal.append(Items.alarm(i));
      }
      while (appendedBytes < 5 * LIMIT) {
        append(journal);
        assertThat(bytesOnDisk()).isLessThanOrEqualTo(LIMIT);
      }
      long lost = journal.status().lostItems();
      reportGaps(journal);

      SortedMap<Long, Sequenced> all = Journals.all(journal);
      assertThat(lost).isPositive();
      assertThat(Journals.gaps(all)).singleElement().satisfies(gap -> isWhole(gap, lost));
      assertThat(Journals.holes(all)).isEmpty();
      Lost gap = Journals.gaps(all).get(0);
      assertThat(all.subMap(gap.from(), gap.to() + 1).values())
          .noneMatch(item -> item.item().lane() == Lane.TELEMETRY);
      assertThat(all.values()).filteredOn(LimitTest::isAlarm).hasSize(20);
      assertThat(journal.status().usedBytes()).isGreaterThan(LIMIT / 2);
    }
  }

  @Test
  void whatIsDeliveredGoesFirstAndLeavesNoGap() throws Exception {
    try (SqliteJournal journal = Journals.open(folder, clock, SMALL)) {
      journal.apply(Journals.pole(SMALL, "city"));
      Cursor cursor = journal.cursor("city");
      while (appendedBytes < 5 * LIMIT) {
        append(journal);
        for (Lane lane : Lane.values()) {
          List<Sequenced> items = cursor.read(lane, cursor.acknowledged(lane), 1_000_000);
          items.forEach(item -> cursor.acknowledge(lane, item.seq()));
        }
        assertThat(bytesOnDisk()).isLessThanOrEqualTo(LIMIT);
      }
      reportGaps(journal);

      assertThat(journal.status().lostItems()).isZero();
      assertThat(Journals.gaps(Journals.all(journal))).isEmpty();
    }
  }

  @Test
  void alarmsAloneAreHeldWithinTheLimitToo() throws Exception {
    try (SqliteJournal journal = Journals.open(folder, clock, SMALL)) {
      journal.apply(Journals.pole(SMALL, "probe"));
      while (appendedBytes < 3 * LIMIT) {
        for (int i = 0; i < 200; i++) {
          var item = Items.event(random, Lane.ALARM);
          appendedBytes += packedBytes(item);
          journal.append(item);
        }
        Journals.flush(journal);
        clock.advance(Duration.ofSeconds(1));
        assertThat(bytesOnDisk()).isLessThanOrEqualTo(LIMIT);
      }
      reportGaps(journal);

      SortedMap<Long, Sequenced> all = Journals.all(journal);
      assertThat(Journals.gaps(all)).isNotEmpty();
      assertThat(Journals.holes(all)).isEmpty();
    }
  }

  @Test
  void aLowerLimitIsReachedWithoutReopening() throws Exception {
    JournalSpec large = new JournalSpec(20_000_000, Duration.ofMillis(10));
    try (SqliteJournal journal = Journals.open(folder, clock, large)) {
      while (appendedBytes < 8_000_000) {
        append(journal);
      }
      journal.apply(Journals.pole(SMALL, "probe"));
      Journals.flush(journal);
      Await.until("the file is small", () -> bytesOnDisk() <= LIMIT);
      reportGaps(journal);

      assertThat(Journals.holes(Journals.all(journal))).isEmpty();
    }
  }

  private void append(SqliteJournal journal) {
    for (int i = 0; i < 200; i++) {
      var item = Items.randomReading(random);
      appendedBytes += packedBytes(item);
      journal.append(item);
    }
    Journals.flush(journal);
  }

  private void reportGaps(SqliteJournal journal) {
    clock.advance(Duration.ofSeconds(10));
    Journals.flush(journal);
    Journals.flush(journal);
  }

  private static void isWhole(Lost gap, long count) {
    assertThat(gap.lane()).isEqualTo("telemetry");
    assertThat(gap.cause()).isEqualTo(Lost.EVICTED);
    assertThat(gap.count()).isEqualTo(count);
  }

  private static boolean isAlarm(Sequenced item) {
    return item.item().lane() == Lane.ALARM && Lost.fromEvent(item.item()).isEmpty();
  }

  private static int packedBytes(io.polegate.api.journal.JournalItem item) {
    BlockEncoder encoder = new BlockEncoder(item.lane(), 1);
    encoder.add(1, item);
    return encoder.size();
  }

  private long bytesOnDisk() {
    try (Stream<Path> files = Files.list(folder)) {
      long bytes = 0;
      for (Path file : files.toList()) {
        bytes += Folders.size(file);
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
