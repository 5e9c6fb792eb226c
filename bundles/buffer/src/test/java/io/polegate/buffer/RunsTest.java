package io.polegate.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.JournalReader.Cursor;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import io.polegate.api.time.ClockRun;
import io.polegate.testkit.Await;
import io.polegate.testkit.HandClock;
import io.polegate.testkit.HandPoleClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Times that were not known when they were stamped. */
final class RunsTest {
  private static final Instant WRONG = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration BEHIND = Duration.ofDays(300);

  @TempDir Path folder;
  private final HandClock hand = new HandClock(WRONG);
  private final HandPoleClock clock = new HandPoleClock(hand);

  private SqliteJournal open(String boot, Instant zero) {
    clock.trust(false);
    clock.run(new ClockRun(boot, zero, Optional.empty()));
    return new SqliteJournal(folder, clock, hand.monotonic(), Journals.QUICK);
  }

  private JournalItem state(String type) {
    return new JournalItem.Event(Lane.STATE, clock.now(), type, Map.of());
  }

  private void append(SqliteJournal journal, String type) {
    journal.appendDurably(state(type)).toCompletableFuture().join();
  }

  /** The stamps of items of that type, in order, by a connection that reads on. */
  private static List<SampleTime> times(Cursor cursor, String type) throws Exception {
    return cursor.read(Lane.STATE, 0, 1000).stream()
        .map(Sequenced::item)
        .map(JournalItem.Event.class::cast)
        .filter(event -> event.type().equals(type))
        .map(JournalItem.Event::time)
        .toList();
  }

  /** The journal asks the clock once a second. */
  private void learn(SqliteJournal journal) throws Exception {
    clock.learn(BEHIND);
    hand.advance(Duration.ofSeconds(2));
    Cursor cursor = journal.cursor("waits");
    Await.until(
        "the times are right",
        () -> {
          // the writer may have looked just before the clock was turned
          append(journal, "nudge");
          return !times(cursor, "times-corrected").isEmpty();
        });
  }

  private static SampleTime corrected(Instant wrong) {
    return new SampleTime(wrong.plus(BEHIND), TimeQuality.CORRECTED);
  }

  @Test
  void whatWasBufferedBeforeTheTimeWasKnownGoesUpRight() throws Exception {
    try (SqliteJournal journal = open("boot-1", WRONG)) {
      append(journal, "early");
      Cursor city = journal.cursor("city");
      assertThat(times(city, "early"))
          .containsExactly(new SampleTime(WRONG, TimeQuality.UNTRUSTED));
      learn(journal);
      assertThat(times(city, "early"))
          .as("also for whom read it before and asks again")
          .containsExactly(corrected(WRONG));
      append(journal, "late");
      assertThat(times(city, "late").get(0).quality()).isEqualTo(TimeQuality.TRUSTED);
    }
    try (SqliteJournal journal = open("boot-2", WRONG)) {
      assertThat(times(journal.cursor("city"), "early"))
          .as("it is kept with the data")
          .containsExactly(corrected(WRONG));
    }
  }

  @Test
  void aPlatformThatHasThemAlreadyIsToldHowToPutThemRight() throws Exception {
    try (SqliteJournal journal = open("boot-1", WRONG)) {
      append(journal, "early");
      learn(journal);
      JournalItem.Event told =
          journal.cursor("city").read(Lane.STATE, 0, 100).stream()
              .map(item -> (JournalItem.Event) item.item())
              .filter(event -> event.type().equals("times-corrected"))
              .findFirst()
              .orElseThrow();
      assertThat(told.attributes())
          .isEqualTo(
              Map.of("from", new Value.Int(1), "seconds", new Value.Real(BEHIND.toSeconds())));
    }
  }

  @Test
  void earlierRunsOfTheSameBootBecomeRightWithIt() throws Exception {
    try (SqliteJournal journal = open("boot-1", WRONG.minusSeconds(40))) {
      append(journal, "first-run");
    }
    // the process comes back 100 s later, and its clock begins at the floor again
    try (SqliteJournal journal = open("boot-1", WRONG.minusSeconds(140))) {
      append(journal, "second-run");
      learn(journal);
      Cursor city = journal.cursor("city");
      Instant second = times(city, "second-run").get(0).instant();
      Instant first = times(city, "first-run").get(0).instant();
      assertThat(second).isEqualTo(WRONG.plus(BEHIND));
      assertThat(Duration.between(first, second)).isEqualTo(Duration.ofSeconds(100));
    }
  }

  @Test
  void aRunThatNeverLearntStaysUntrustedAndIsAGapOnce() throws Exception {
    try (SqliteJournal journal = open("boot-1", WRONG)) {
      append(journal, "lost");
      append(journal, "lost");
    }
    for (int start = 2; start < 4; start++) {
      try (SqliteJournal journal = open("boot-" + start, WRONG)) {
        journal.tellOfLastRun();
        learn(journal);
        assertThat(times(journal.cursor("city"), "lost"))
            .extracting(SampleTime::quality)
            .containsOnly(TimeQuality.UNTRUSTED);
        assertThat(gaps(journal, "clock-unknown"))
            .containsExactly(
                Map.of(
                    "cause", new Value.Text("clock-unknown"),
                    "from", new Value.Int(1),
                    "to", new Value.Int(2),
                    "count", new Value.Int(2)));
      }
    }
  }

  @Test
  void theTimeWithoutAGatewayIsAGap() throws Exception {
    try (SqliteJournal journal = open("boot-1", WRONG)) {
      journal.tellOfLastRun();
      clock.trust(true);
      append(journal, "gateway-started");
    }
    hand.advance(Duration.ofHours(2));
    try (SqliteJournal journal = open("boot-2", WRONG)) {
      clock.trust(true);
      journal.tellOfLastRun();
      assertThat(gaps(journal, "power-off"))
          .containsExactly(
              Map.of(
                  "cause", new Value.Text("power-off"),
                  "since", new Value.Int(WRONG.toEpochMilli()),
                  "until", new Value.Int(hand.instant().toEpochMilli())));
      append(journal, "gateway-started");
      append(journal, "gateway-stopped");
    }
    try (SqliteJournal journal = open("boot-3", WRONG)) {
      journal.tellOfLastRun();
      assertThat(gaps(journal, "stopped"))
          .as("an end that nobody knows is not given")
          .containsExactly(
              Map.of(
                  "cause", new Value.Text("stopped"),
                  "since", new Value.Int(hand.instant().toEpochMilli())));
    }
  }

  @Test
  void aSalvagedFileKeepsItsCorrections() throws Exception {
    try (SqliteJournal journal = open("boot-1", WRONG)) {
      append(journal, "early");
      learn(journal);
    }
    byte[] file = Files.readAllBytes(folder.resolve("journal.db"));
    file[60]++;
    Files.write(folder.resolve("journal.db"), file);
    try (SqliteJournal journal = open("boot-2", WRONG)) {
      assertThat(times(journal.cursor("city"), "early")).containsExactly(corrected(WRONG));
    }
  }

  @Test
  void marksThatMakeNoSenseAreNotBelieved() throws Exception {
    Path file = folder.resolve("journal.db");
    DatabaseFile.create(file);
    try (Connection connection = DatabaseFile.writer(file)) {
      Marks marks = new Marks(connection);
      marks.put("run:1:zero:boot", Long.MIN_VALUE);
      marks.put("run:x:zero:boot", 1);
      marks.put("run:99999999999999999999:zero:boot", 1);
      marks.put("run:2:zero:boot", 1000);
      marks.put("run:2:correction", Long.MAX_VALUE);
      assertThat(Run.all(marks).values())
          .containsExactly(new Run(2, "boot", Instant.ofEpochSecond(1), Optional.empty(), false));
    }
  }

  @Test
  void onlyTheNewestRunsAreRemembered() throws Exception {
    Path file = folder.resolve("journal.db");
    DatabaseFile.create(file);
    for (int start = 0; start < Runs.MOST + 20; start++) {
      try (Connection connection = DatabaseFile.writer(file)) {
        Marks marks = new Marks(connection);
        Runs runs = new Runs(clock);
        runs.load(marks, start);
        runs.store(marks);
      }
    }
    try (Connection connection = DatabaseFile.writer(file)) {
      assertThat(Run.all(new Marks(connection))).hasSize(Runs.MOST).containsKey(120L);
    }
  }

  private static List<Map<String, Value>> gaps(SqliteJournal journal, String cause)
      throws Exception {
    Journals.flush(journal);
    return journal.cursor("gaps").read(Lane.ALARM, 0, 100).stream()
        .map(item -> (JournalItem.Event) item.item())
        .filter(event -> event.type().equals("gap"))
        .map(JournalItem.Event::attributes)
        .filter(attributes -> new Value.Text(cause).equals(attributes.get("cause")))
        .toList();
  }
}
