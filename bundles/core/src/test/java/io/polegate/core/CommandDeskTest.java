package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.command.Command;
import io.polegate.api.command.Command.Origin;
import io.polegate.api.command.CommandResult;
import io.polegate.api.command.CommandStatus;
import io.polegate.api.config.JournalSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.testkit.HandClock;
import io.polegate.testkit.HandPoleClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The desk over a real bus thread on a fake line. */
final class CommandDeskTest {
  private final HandClock clock = new HandClock();
  private final FakeLine line = new FakeLine(clock);
  private final MemoryLedger ledger = new MemoryLedger();
  private final HandPoleClock trust = new HandPoleClock(clock);
  private Buses buses = buses();
  private CommandDesk desk = desk();

  private Buses buses() {
    LongSupplier nanos = clock.monotonic();
    EventLog events = new EventLog(ledger::append, trust);
    return new Buses(new BusBuilder(ledger::append, trust, events, nanos, () -> 0.5), nanos);
  }

  private CommandDesk desk() {
    CommandCheck check = new CommandCheck(buses, trust);
    return new CommandDesk(ledger, ledger, check, Runnable::run, trust, clock.monotonic());
  }

  @BeforeEach
  void start() {
    line.registers.put("lamp/level", new Value.Int(1000));
    line.registers.put("relay/safety-time", new Value.Int(100));
    line.registers.put("relay/safe-1", new Value.Int(0));
    buses.add(line);
    buses.apply(
        new PoleSpec(
            "P-1",
            Map.of(),
            Optional.empty(),
            ZoneOffset.UTC,
            JournalSpec.DEFAULT,
            List.of(LineRig.bus("line")),
            List.of(LineRig.device("lamp"), Relay.spec("line", Map.of())),
            List.of()));
  }

  @AfterEach
  void stop() {
    buses.stop();
  }

  private CommandResult submit(
      String id, String device, String point, Value value, Instant deadline) throws Exception {
    Origin origin = new Origin(Origin.Kind.CLOUD, "city");
    return desk.submit(new Command(id, device, point, value, deadline, origin))
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  private CommandResult level(String id, double level) throws Exception {
    return submit(id, "lamp", "level", new Value.Real(level), soon());
  }

  private Instant soon() {
    return clock.instant().plus(Duration.ofHours(1));
  }

  private List<CommandResult> journalledResults() {
    return List.copyOf(ledger.items).stream()
        .filter(JournalItem.Result.class::isInstance)
        .map(item -> ((JournalItem.Result) item).result())
        .toList();
  }

  @Test
  void commandActsAndItsResultIsJournalled() throws Exception {
    CommandResult result = level("c1", 30);
    assertThat(result.status()).isEqualTo(CommandStatus.DONE);
    assertThat(result.value()).contains(new Value.Real(30));
    assertThat(journalledResults()).containsExactly(result);
  }

  @Test
  void sameIdActsOnceAndGetsTheSameAnswerAgain() throws Exception {
    CommandResult first = level("c1", 30);
    CommandResult second = level("c1", 90);
    assertThat(second).isEqualTo(first);
    assertThat(line.writes).hasSize(1);
    assertThat(journalledResults()).containsExactly(first, first);
  }

  @Test
  void sameIdActsOnceOverARestart() throws Exception {
    CommandResult first = level("c1", 30);
    buses.stop();
    buses = buses();
    desk = desk();
    start();
    assertThat(level("c1", 90)).isEqualTo(first);
    assertThat(line.writes).hasSize(1);
  }

  @Test
  void commandThatARestartInterruptedIsAnsweredAsUnconfirmed() throws Exception {
    assertThat(ledger.begin("cut-off", soon())).isEmpty();
    desk.answerInterrupted();
    assertThat(journalledResults())
        .singleElement()
        .satisfies(r -> assertThat(r.status()).isEqualTo(CommandStatus.UNCONFIRMED));
    assertThat(level("cut-off", 30).status()).isEqualTo(CommandStatus.UNCONFIRMED);
    assertThat(line.writes).isEmpty();
  }

  @Test
  void lateCommandIsRefusedWithAResultAndNeverActs() throws Exception {
    CommandResult result =
        submit("c1", "lamp", "level", new Value.Real(0), clock.instant().minusMillis(1));
    assertThat(result.status()).isEqualTo(CommandStatus.REFUSED);
    assertThat(result.message()).startsWith("too late");
    assertThat(line.writes).isEmpty();
    assertThat(journalledResults()).containsExactly(result);
  }

  @Test
  void withoutATrustedClockNoDeadlineIsBelieved() throws Exception {
    trust.trust(false);
    CommandResult result = level("c1", 30);
    assertThat(result.status()).isEqualTo(CommandStatus.REFUSED);
    assertThat(line.writes).isEmpty();
  }

  @Test
  void wrongNamesAndValuesAreRefusedInWords() throws Exception {
    assertThat(submit("a", "lmap", "level", new Value.Real(1), soon()).message())
        .isEqualTo("there is no device \"lmap\"");
    assertThat(submit("b", "lamp", "levle", new Value.Real(1), soon()).message())
        .isEqualTo("device \"lamp\" has no point \"levle\"");
    assertThat(level("c", 101).message())
        .isEqualTo("out of range: 101.0; allowed is at least 0.0 and at most 100.0");
    assertThat(submit("d", "lamp", "level", new Value.Bool(true), soon()).message())
        .isEqualTo("the value does not fit: write a number");
    assertThat(line.writes).isEmpty();
  }

  @Test
  void valuesWithNamesAreWrittenByTheirNamesOnly() throws Exception {
    CommandResult on = submit("a", "relay", "safe-1", new Value.Text("on"), soon());
    assertThat(on.status()).isEqualTo(CommandStatus.DONE);
    assertThat(on.value()).contains(new Value.Text("on"));
    assertThat(line.writes).containsExactly("relay/safe-1=Int[value=1]");
    for (Value other : List.of(new Value.Text("ON"), new Value.Int(1), new Value.Bool(true))) {
      CommandResult refused = submit("b" + other, "relay", "safe-1", other, soon());
      assertThat(refused.status()).isEqualTo(CommandStatus.REFUSED);
      assertThat(refused.message()).isEqualTo("the value does not fit: write one of off, on");
    }
    assertThat(submit("c", "relay", "input", new Value.Int(1), soon()).message())
        .isEqualTo("point \"input\" is read-only");
    assertThat(submit("d", "relay", "safety-time", new Value.Int(601), soon()).message())
        .isEqualTo("out of range: 601.0; allowed is at least 1.0 and at most 600.0");
    assertThat(line.writes).hasSize(1);
  }

  @Test
  void commandWhoseIdCannotBeRememberedDoesNotAct() throws Exception {
    ledger.full = true;
    CommandResult result = level("c1", 30);
    assertThat(result.status()).isEqualTo(CommandStatus.REFUSED);
    assertThat(line.writes).isEmpty();
    assertThat(journalledResults()).containsExactly(result);
    ledger.full = false;
    assertThat(level("c1", 30).status()).isEqualTo(CommandStatus.DONE);
  }

  @Test
  void anErrorInsideTheGatewayIsAnAnswerAndNoEndlessWait() throws Exception {
    ledger.broken = true;
    assertThat(level("c1", 30).status()).isEqualTo(CommandStatus.REFUSED);
    assertThat(line.writes).isEmpty();
    ledger.broken = false;
    assertThat(level("c2", 30).status()).isEqualTo(CommandStatus.DONE);
  }

  @Test
  void deadlineFarInTheFutureIsFine() throws Exception {
    assertThat(submit("c1", "lamp", "level", new Value.Int(7), Instant.MAX).status())
        .isEqualTo(CommandStatus.DONE);
  }
}
