package io.polegate.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.ConnectionSpec;
import io.polegate.api.config.JournalSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.journal.JournalException;
import io.polegate.api.journal.JournalReader.Cursor;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import io.polegate.api.settings.Settings;
import io.polegate.testkit.Await;
import io.polegate.testkit.HandClock;
import io.polegate.testkit.HandPoleClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What tests do with journals. */
final class Journals {
  static final JournalSpec QUICK = new JournalSpec(64_000_000, Duration.ofMillis(10));

  private Journals() {}

  static SqliteJournal open(Path folder) {
    return open(folder, QUICK);
  }

  static SqliteJournal open(Path folder, JournalSpec spec) {
    return new SqliteJournal(folder, HandPoleClock.system(), System::nanoTime, spec);
  }

  static SqliteJournal open(Path folder, HandClock clock, JournalSpec spec) {
    return new SqliteJournal(folder, new HandPoleClock(clock), clock.monotonic(), spec);
  }

  static PoleSpec pole(JournalSpec journal, String... connections) {
    return new PoleSpec(
        "POLE",
        Map.of(),
        Optional.empty(),
        ZoneOffset.UTC,
        journal,
        List.of(),
        List.of(),
        Stream.of(connections)
            .map(id -> new ConnectionSpec(id, "json", new Settings(Map.of())))
            .toList());
  }

  /** Returns when everything appended before is on disk. */
  static void flush(SqliteJournal journal) {
    journal.appendDurably(Items.state(-1)).toCompletableFuture().join();
  }

  /** Every item that is there, by its number; salvage that happens meanwhile is waited for. */
  static SortedMap<Long, Sequenced> all(SqliteJournal journal) throws InterruptedException {
    Cursor cursor = journal.cursor("probe");
    SortedMap<Long, Sequenced> all = new TreeMap<>();
    for (Lane lane : Lane.values()) {
      long[] place = {0};
      Await.until(
          "lane " + lane + " is read",
          () -> {
            List<Sequenced> items = read(cursor, lane, place[0]);
            items.forEach(item -> assertThat(all.put(item.seq(), item)).isNull());
            place[0] = items.isEmpty() ? place[0] : items.get(items.size() - 1).seq();
            return items.isEmpty() && pendingAfter(journal, lane, place[0]) == 0;
          });
    }
    return all;
  }

  /** All that gap records report. */
  static List<Lost> gaps(SortedMap<Long, Sequenced> all) {
    return all.values().stream().flatMap(item -> Lost.fromEvent(item.item()).stream()).toList();
  }

  /** Numbers up to the highest that are neither there nor in a gap. */
  static List<Long> holes(SortedMap<Long, Sequenced> all) {
    BitSet covered = new BitSet();
    all.keySet().forEach(seq -> covered.set(seq.intValue()));
    gaps(all).forEach(lost -> covered.set((int) lost.from(), (int) lost.to() + 1));
    List<Long> holes = new ArrayList<>();
    for (long seq = 1; seq <= all.lastKey(); seq++) {
      if (!covered.get((int) seq)) {
        holes.add(seq);
      }
    }
    return holes;
  }

  private static List<Sequenced> read(Cursor cursor, Lane lane, long place) {
    try {
      return cursor.read(lane, place, 1000);
    } catch (JournalException e) {
      // damage was found and is being repaired
      return List.of();
    }
  }

  private static long pendingAfter(SqliteJournal journal, Lane lane, long place) {
    try {
      return journal.pendingAfter(lane, place);
    } catch (JournalException e) {
      return 1;
    }
  }
}
