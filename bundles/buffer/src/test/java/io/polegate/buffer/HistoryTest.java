package io.polegate.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalHistory.Slot;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryTest {
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

  private final SqliteJournal journal;

  HistoryTest(@TempDir Path folder) {
    journal = Journals.open(folder);
  }

  @Test
  void fewReadingsComeOneByOneInOrder() throws Exception {
    try (journal) {
      minutes(0, 600);
      List<Slot> slots = journal.history("lamp", "power", at(100), at(110), 10);

      assertThat(slots).extracting(Slot::start).containsExactlyElementsOf(times(100, 110));
      assertThat(slots).extracting(Slot::mean).startsWith(100.0, 101.0);
      assertThat(slots).extracting(Slot::length).containsOnly(Duration.ZERO);
      assertThat(journal.history("lamp", "other", at(0), at(600), 10)).isEmpty();
      assertThat(journal.history("lamp", "power", at(110), at(100), 10)).isEmpty();
    }
  }

  @Test
  void manyReadingsBecomeOneSlotPerStepOfTime() throws Exception {
    try (journal) {
      minutes(0, 600);
      journal.append(bad(605));
      Journals.flush(journal);
      List<Slot> slots = journal.history("lamp", "power", at(0), at(610), 61);

      assertThat(slots).hasSize(61);
      Slot second = slots.get(1);
      assertThat(second.start()).isEqualTo(at(10));
      assertThat(second.length()).isEqualTo(Duration.ofMinutes(10));
      assertThat(second.count()).isEqualTo(10);
      assertThat(List.of(second.min(), second.mean(), second.max()))
          .containsExactly(10.0, 14.5, 19.0);
      assertThat(second.last()).isEqualTo(good(19).reading());
      Slot last = slots.get(60);
      assertThat(last.bad()).isEqualTo(1);
      assertThat(last.mean()).isNaN();
    }
  }

  @Test
  void stepsOfTheClockByHoursHideNothing() throws Exception {
    try (journal) {
      minutes(0, 600);
      // set back by two hours, and forward again
      minutes(480, 700);
      minutes(820, 1000);

      assertThat(journal.history("lamp", "power", at(500), at(510), 100)).hasSize(20);
      assertThat(journal.history("lamp", "power", at(590), at(600), 100)).hasSize(20);
      assertThat(journal.history("lamp", "power", at(0), at(1000), 10_000)).hasSize(1000);
      assertThat(journal.history("lamp", "power", at(0), at(1000), 100))
          .extracting(Slot::count)
          .contains(20);
    }
  }

  @Test
  void aWrongYearInBetweenIsNoEnd() throws Exception {
    try (journal) {
      minutes(0, 300);
      for (int i = 0; i < 20; i++) {
        journal.append(reading(new SampleTime(START.plusSeconds(900_000_000 + i), untrusted()), 1));
        journal.append(
            reading(new SampleTime(START.minusSeconds(900_000_000 - i), untrusted()), 1));
        Journals.flush(journal);
      }
      minutes(300, 600);

      assertThat(journal.history("lamp", "power", at(0), at(600), 10_000)).hasSize(600);
    }
  }

  @Test
  void eventsAndResultsComeNewestFirst() throws Exception {
    try (journal) {
      for (int i = 0; i < 300; i++) {
        journal.append(Items.alarm(i));
        journal.append(Items.reading(i));
        journal.append(new JournalItem.Result(Items.result("r" + i)));
        if (i % 7 == 0) {
          Journals.flush(journal);
        }
      }
      Journals.flush(journal);
      List<Sequenced> newest = journal.events(Long.MAX_VALUE, 10);
      List<Sequenced> next = journal.events(newest.get(9).seq(), 1000);

      assertThat(newest).hasSize(10);
      assertThat(next.size()).isEqualTo(600 + 44 - 10);
      assertThat(newest.get(9).seq()).isGreaterThan(next.get(0).seq());
      assertThat(next).isSortedAccordingTo((a, b) -> Long.compare(b.seq(), a.seq()));
      assertThat(next).noneMatch(item -> item.item().lane() == Lane.TELEMETRY);
      assertThat(journal.events(1, 10)).isEmpty();
    }
  }

  private void minutes(int from, int to) {
    for (int i = from; i < to; i++) {
      journal.append(good(i));
      if (i % 9 == 0) {
        Journals.flush(journal);
      }
    }
    Journals.flush(journal);
  }

  private static TimeQuality untrusted() {
    return TimeQuality.UNTRUSTED;
  }

  private static Instant at(long minute) {
    return START.plus(Duration.ofMinutes(minute));
  }

  private static List<Instant> times(int from, int to) {
    return LongStream.range(from, to).mapToObj(HistoryTest::at).toList();
  }

  private static JournalItem.PointReading good(long minute) {
    return reading(new SampleTime(at(minute), TimeQuality.TRUSTED), minute);
  }

  private static JournalItem.PointReading reading(SampleTime time, long value) {
    return new JournalItem.PointReading(
        "lamp", "power", "W", new Reading.Good(new Value.Int(value), time));
  }

  private static JournalItem bad(long minute) {
    return new JournalItem.PointReading(
        "lamp",
        "power",
        "W",
        new Reading.Bad(
            BadReason.DEVICE_SILENT, "", new SampleTime(at(minute), TimeQuality.TRUSTED)));
  }
}
