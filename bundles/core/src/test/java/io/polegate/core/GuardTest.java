package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.command.CommandResult;
import io.polegate.api.command.CommandStatus;
import io.polegate.api.config.Coding;
import io.polegate.api.config.PointSpec;
import io.polegate.api.config.PointSpec.Guard;
import io.polegate.api.config.PointSpec.Heartbeat;
import io.polegate.api.config.PointSpec.Limits;
import io.polegate.api.config.PointSpec.ReportSpec;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Access;
import io.polegate.api.settings.Settings;
import io.polegate.testkit.HandClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What a locked device does with commands. */
final class GuardTest {
  private final HandClock clock = new HandClock();
  private final FakeLine fake = new FakeLine(clock);
  private final Breaker breaker = new Breaker(fake, Duration.ofSeconds(1));
  private final WorkRig rig = new WorkRig(clock);

  private void breakerOnLine() {
    rig.with("line", fake, Breaker.spec("line"));
    rig.runFor(Duration.ofSeconds(1));
    fake.reads.clear();
  }

  private CommandResult close() {
    rig.command("c1", Breaker.ID, "control", Breaker.CLOSED);
    rig.runFor(Duration.ofSeconds(20));
    assertThat(rig.results).hasSize(1);
    return rig.results.get(0);
  }

  @Test
  void aLockThatWasSetSinceTheLastPollRefusesTheCommandAndNothingIsWritten() {
    breakerOnLine();
    breaker.locked(true);
    CommandResult result = close();
    assertThat(result.status()).isEqualTo(CommandStatus.REFUSED);
    assertThat(result.message()).isEqualTo("point \"lock\" reads locked");
    assertThat(fake.writes).isEmpty();
    assertThat(fake.reads).hasSize(1);
  }

  @Test
  void aLockThatWasTakenOffSinceTheLastPollLetsTheCommandPass() {
    breaker.locked(true);
    breakerOnLine();
    breaker.locked(false);
    assertThat(close().status()).isEqualTo(CommandStatus.DONE);
    assertThat(fake.writes).containsExactly("breaker/control=Int[value=65280]");
  }

  @Test
  void aLockThatTheDeviceDoesNotTellRefusesTheCommand() {
    breakerOnLine();
    fake.registers.remove("breaker/lock");
    CommandResult result = close();
    assertThat(result.status()).isEqualTo(CommandStatus.REFUSED);
    assertThat(result.message())
        .isEqualTo("point \"lock\" reads bad: device-refused, exception 2: illegal data address");
    assertThat(fake.writes).isEmpty();
  }

  @Test
  void aLockWithAValueThatHasNoNameRefusesTheCommand() {
    breakerOnLine();
    fake.registers.put("breaker/lock", new Value.Int(7));
    assertThat(close().message())
        .isEqualTo(
            "point \"lock\" reads bad: not-decodable, the device sent 7, which has no name here");
    assertThat(fake.writes).isEmpty();
  }

  @Test
  void aSilentDeviceRefusesTheCommandAndThoseBehindItForOneTimeout() {
    breakerOnLine();
    fake.silent.add(Breaker.ID);
    rig.command("c2", Breaker.ID, "control", Breaker.OPEN);
    rig.command("c3", Breaker.ID, "control", Breaker.OPEN);
    long started = rig.now();
    while (rig.results.size() < 2) {
      rig.work().step();
    }
    assertThat(Duration.ofNanos(rig.now() - started)).isEqualTo(FakeLine.TIMEOUT);
    assertThat(rig.results.get(0).status()).isEqualTo(CommandStatus.REFUSED);
    assertThat(rig.results.get(0).message())
        .isEqualTo("not written, its lock cannot be read: unit breaker did not answer");
    assertThat(rig.results.get(1).status()).isEqualTo(CommandStatus.FAILED);
    assertThat(fake.writes).isEmpty();
  }

  @Test
  void aDeadlineThatPassesWhileTheLockIsReadIsTooLate() {
    breakerOnLine();
    fake.life = () -> clock.advance(Duration.ofHours(2));
    CommandResult result = close();
    assertThat(result.status()).isEqualTo(CommandStatus.REFUSED);
    assertThat(result.message()).startsWith("too late");
    assertThat(fake.writes).isEmpty();
  }

  /** Locks are numbers here; the level is beaten as well. */
  private void pump(Guard... guards) {
    PointSpec level =
        new PointSpec(
            "level",
            Map.of(),
            new Settings(Map.of("address", "level")),
            Coding.linear(0.1, 0),
            "%",
            Access.READ_WRITE,
            Limits.NONE,
            ReportSpec.ALWAYS,
            Optional.of(new Heartbeat(5, Duration.ofSeconds(1), OptionalDouble.empty())),
            Optional.empty(),
            List.of(guards),
            Optional.empty());
    fake.registers.put("pump/level", new Value.Int(0));
    fake.registers.put("pump/one", new Value.Int(0));
    fake.registers.put("pump/two", new Value.Int(0));
    rig.with(
        "line",
        fake,
        Specs.device(
            "line",
            "pump",
            Duration.ofMinutes(10),
            level,
            Specs.point("one", Access.READ, Optional.empty()),
            Specs.point("two", Access.READ, Optional.empty()),
            Specs.point("blind", Access.WRITE, Optional.empty())));
    rig.runFor(Duration.ofMillis(100));
    fake.reads.clear();
    fake.writes.clear();
  }

  private static Guard guard(String point, double value) {
    return new Guard(point, new Value.Real(value));
  }

  private CommandResult command() {
    rig.command("c1", "pump");
    rig.work().step();
    rig.work().step();
    assertThat(rig.results).hasSize(1);
    return rig.results.get(0);
  }

  @Test
  void severalLocksAreReadAtOnceAndNumbersAreComparedInTheUnit() {
    pump(guard("one", 1), guard("two", 2.5), guard("two", 3));
    fake.registers.put("pump/two", new Value.Int(25));
    assertThat(command().message()).isEqualTo("point \"two\" reads 2.5");
    assertThat(fake.reads).hasSize(1);
    assertThat(fake.writes).doesNotContain("pump/level=Int[value=10]");
  }

  @Test
  void locksThatDoNotHoldCostOneReadAndTheCommandActs() {
    pump(guard("one", 1), guard("two", 2.5));
    assertThat(command().status()).isEqualTo(CommandStatus.DONE);
    assertThat(fake.reads).hasSize(2);
    assertThat(fake.writes).contains("pump/level=Int[value=10]");
  }

  @Test
  void aLockThatIsOnlyWrittenOrNotThereRefusesEveryCommand() {
    pump(guard("blind", 1));
    assertThat(command().message()).isEqualTo("its lock, point \"blind\", cannot be read");
    assertThat(fake.reads).isEmpty();
  }

  @Test
  void aLockOfAnotherKindThanItsPointRefusesEveryCommand() {
    pump(new Guard("one", new Value.Bool(true)));
    assertThat(command().message())
        .isEqualTo("point \"one\" reads 0.0, which cannot be compared with true");
  }

  @Test
  void heartbeatsAreNotGuarded() {
    pump(guard("one", 1));
    fake.registers.put("pump/one", new Value.Int(10));
    rig.runFor(Duration.ofSeconds(10));
    assertThat(fake.writes).hasSizeBetween(9, 11).containsOnly("pump/level=Int[value=50]");
    assertThat(command().status()).isEqualTo(CommandStatus.REFUSED);
  }

  @Test
  void aLockThatTimesOutBesideOthersThatAnswerCountsAsATimeOutAndRefuses() {
    pump(guard("one", 1), guard("two", 2.5));
    fake.partlySilent.add("pump/two");
    assertThat(command().message()).isEqualTo("point \"two\" reads bad: device-silent, no answer");
    assertThat(rig.device("pump").isSuspect()).isTrue();
    assertThat(rig.device("pump").isAway()).isFalse();
  }

  @Test
  void aLockThatTimesOutLetsOthersBeReadBeforeTheNextCommandTriesItAgain() {
    fake.registers.put("well/level", new Value.Int(0));
    rig.with("other", fake, Specs.device("other", "well"));
    pump(guard("one", 1), guard("two", 2.5));
    rig.runFor(Duration.ofMillis(1_700));
    fake.partlySilent.add("pump/two");
    fake.reads.clear();
    rig.command("c1", "pump");
    rig.command("c2", "pump");
    rig.runFor(Duration.ofSeconds(2));
    assertThat(fake.reads).extracting(FakeLine.Asked::unit).startsWith("pump", "well", "pump");
    assertThat(rig.results)
        .hasSize(2)
        .allMatch(r -> r.message().equals("point \"two\" reads bad: device-silent, no answer"));
  }
}
