package io.polegate.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.JournalSpec;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Sequenced;
import io.polegate.api.journal.WriteWear;
import io.polegate.testkit.Await;
import io.polegate.testkit.HandClock;
import io.polegate.testkit.HandPoleClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WearTest {
  private static final long YEAR_HOURS = 365 * 24;

  private final Path folder;
  private final HandClock clock = new HandClock(Instant.parse("2026-11-01T22:00:00Z"));
  private final AtomicLong written = new AtomicLong();
  private long budget = 100 * YEAR_HOURS;

  WearTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void bytesAreCountedByDayAndForecastForAYear() throws Exception {
    try (SqliteJournal journal = opened()) {
      hours(journal, 1, 70);
      assertThat(wear(journal).perYearBytes()).hasValue(70 * YEAR_HOURS);
      assertThat(wear(journal).todayBytes()).isEqualTo(70);
      // two of them after midnight
      hours(journal, 2, 70);
      assertThat(wear(journal).todayBytes()).isEqualTo(140);
      assertThat(wear(journal).totalBytes()).isEqualTo(210);
      assertThat(wear(journal).budgetBytes()).hasValue(budget);
    }
  }

  @Test
  void whatWasCountedOutlivesTheProcess() throws Exception {
    try (SqliteJournal journal = opened()) {
      hours(journal, 1, 70);
      // is stored with what comes next
      flush(journal);
    }
    written.set(0);
    try (SqliteJournal journal = opened()) {
      hours(journal, 1, 30);
      assertThat(wear(journal).totalBytes()).isEqualTo(100);
      assertThat(wear(journal).todayBytes()).isEqualTo(30);
    }
  }

  @Test
  void beforeThereIsAnHourToJudgeByNothingIsForecast() throws Exception {
    try (SqliteJournal journal = opened()) {
      clock.advance(Duration.ofMinutes(50));
      written.addAndGet(1_000_000);
      flush(journal);
      assertThat(wear(journal).perYearBytes()).isEmpty();
      assertThat(events(journal)).isEmpty();
    }
  }

  @Test
  void passingTheBudgetIsSaidOnceAndComingBackToo() throws Exception {
    try (SqliteJournal journal = opened()) {
      hours(journal, 3, 99);
      assertThat(events(journal)).isEmpty();
      hours(journal, 3, 130);
      assertThat(events(journal)).singleElement().satisfies(this::saysExceeded);
    }
    written.set(0);
    // around the budget and after a restart it is not said again
    try (SqliteJournal journal = opened()) {
      for (int i = 0; i < 5; i++) {
        hours(journal, 1, 60);
        hours(journal, 1, 140);
      }
      assertThat(events(journal)).hasSize(1);
      hours(journal, 20, 10);
      assertThat(events(journal))
          .extracting(JournalItem.Event::type)
          .containsExactly("write-budget-exceeded", "write-budget-met");
    }
  }

  @Test
  void noStepOfTheClockBendsTheForecast() throws Exception {
    try (SqliteJournal journal = opened()) {
      hours(journal, 2, 70);
      clock.setWall(Instant.parse("2031-01-01T12:00:00Z"));
      hours(journal, 2, 70);
      assertThat(wear(journal).todayBytes()).isEqualTo(140);
      clock.setWall(Instant.parse("2026-11-02T12:00:00Z"));
      hours(journal, 2, 70);

      assertThat(wear(journal).todayBytes()).isEqualTo(140);
      assertThat(wear(journal).perYearBytes()).hasValue(70 * YEAR_HOURS);
      assertThat(events(journal)).isEmpty();
    }
  }

  @Test
  void theKernelCountsWhatThisProcessWrites() throws Exception {
    try (SqliteJournal journal = Journals.open(folder)) {
      long before = Wear.ofThisProcess().orElseThrow();
      for (int i = 0; i < 500; i++) {
        journal.append(Items.reading(i));
        Journals.flush(journal);
      }
      assertThat(Wear.ofThisProcess().orElseThrow() - before).isGreaterThanOrEqualTo(0);
      Await.until("the journal has looked", () -> journal.status().wear().totalBytes() > 0);
    }
  }

  private SqliteJournal opened() {
    JournalSpec spec =
        new JournalSpec(10_000_000, Duration.ofMillis(10), Map.of(), OptionalLong.of(budget));
    return new SqliteJournal(
        folder,
        new HandPoleClock(clock),
        clock.monotonic(),
        spec,
        () -> Long.MAX_VALUE,
        () -> OptionalLong.of(written.get()));
  }

  private void hours(SqliteJournal journal, int hours, long bytesPerHour) {
    for (int i = 0; i < hours; i++) {
      clock.advance(Duration.ofHours(1));
      written.addAndGet(bytesPerHour);
      flush(journal);
      flush(journal);
    }
  }

  /** The writer looks before it waits, so the second commit is behind a look. */
  private static void flush(SqliteJournal journal) {
    Journals.flush(journal);
    Journals.flush(journal);
  }

  private static WriteWear wear(SqliteJournal journal) {
    return journal.status().wear();
  }

  private static List<JournalItem.Event> events(SqliteJournal journal) throws Exception {
    flush(journal);
    return Journals.all(journal).values().stream()
        .map(Sequenced::item)
        .filter(JournalItem.Event.class::isInstance)
        .map(JournalItem.Event.class::cast)
        .filter(event -> event.type().startsWith("write-budget"))
        .toList();
  }

  private void saysExceeded(JournalItem.Event event) {
    assertThat(event.type()).isEqualTo("write-budget-exceeded");
    assertThat(event.attributes()).containsEntry("budget", new Value.Int(budget));
    assertThat(event.attributes().get("per-year"))
        .isInstanceOfSatisfying(Value.Int.class, v -> assertThat(v.value()).isGreaterThan(budget));
  }
}
