package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.command.Command;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.testkit.Await;
import io.polegate.testkit.HandClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A flood of commands, by a clock that moves by hand. */
final class CommandQueueTest {
  private final HandClock clock = new HandClock();
  private final InMemoryJournal journal = new InMemoryJournal();
  private final AtomicInteger done = new AtomicInteger();
  private CommandQueue commands;

  @BeforeEach
  void start() throws Exception {
    LinkOptions link =
        LinkOptions.of("P-1", Pole.connection("city", "tcp://h:1", "commands", "lamp-1.*"));
    Surroundings around =
        new Surroundings(
            journal,
            journal,
            new FakeCommands(journal),
            new ConfigurationRequests(
                Optional::empty, journal, () -> InMemoryJournal.TIME, clock.monotonic()),
            Optional::empty,
            (said, who) -> {},
            clock,
            clock.monotonic());
    commands = new CommandQueue(link, around);
    commands.start();
  }

  @AfterEach
  void stop() {
    commands.stop();
  }

  private Command command(String id, String device) {
    return new Command(id, device, "level", new Value.Int(1), clock.instant(), commands.origin());
  }

  private List<JournalItem> journalled(Lane lane) throws Exception {
    return journal.cursor("test").read(lane, 0, 10_000).stream().map(s -> s.item()).toList();
  }

  @Test
  void allAreAcknowledgedTheFirstAreAnsweredAndTheRestIsCountedInOneEvent() throws Exception {
    for (int i = 0; i < 10_000; i++) {
      commands.malformed("bad-" + i, "the command is nonsense", done::incrementAndGet);
      commands.malformed("the command has no id", 7, done::incrementAndGet);
      commands.take(command("forbidden-" + i, "door-1"), done::incrementAndGet);
    }
    assertThat(done).hasValue(30_000);
    assertThat(journalled(Lane.RESULT)).hasSize(10 + 60);
    assertThat(journalled(Lane.STATE)).hasSize(1);

    clock.advance(Duration.ofMinutes(1));
    commands.take(command("c1", "lamp-1"), done::incrementAndGet);
    Await.until("the event", () -> journalled(Lane.STATE).size() == 2);
    assertThat(journalled(Lane.STATE).get(1))
        .isInstanceOfSatisfying(
            JournalItem.Event.class,
            event -> {
              assertThat(event.type()).isEqualTo("commands-refused");
              assertThat(event.attributes())
                  .isEqualTo(
                      Map.of(
                          "connection",
                          new Value.Text("city"),
                          "count",
                          new Value.Int(9_990 + 9_940)));
            });
  }

  @Test
  void aFloodThatDoesNotEndIsToldEachMinute() throws Exception {
    for (int minute = 0; minute < 5; minute++) {
      for (int i = 0; i < 100; i++) {
        commands.malformed("bad-" + minute + "-" + i, "nonsense", done::incrementAndGet);
      }
      commands.take(command("c" + minute, "lamp-1"), done::incrementAndGet);
      int told = minute;
      Await.until("the minute before is told", () -> journalled(Lane.STATE).size() == told);
      clock.advance(Duration.ofMinutes(1));
    }
    assertThat(journalled(Lane.RESULT)).hasSize(5 * 10 + 5);
  }
}
