package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.command.CommandResult;
import io.polegate.api.command.CommandStatus;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.config.PointSpec.Proof;
import io.polegate.api.data.Value;
import io.polegate.core.FakeLine.Asked;
import io.polegate.testkit.HandClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands whose effect shows some time later, or elsewhere, while the bus goes on. */
final class ProofTest {
  private static final int NEIGHBOURS = 3;

  /** What may be in the way of a poll: the pieces of others that answer. */
  private static final Duration OTHERS = FakeLine.ANSWER.multipliedBy(NEIGHBOURS + 3);

  private final HandClock clock = new HandClock();
  private final FakeLine fake = new FakeLine(clock);
  private final WorkRig rig = new WorkRig(clock);

  /** A breaker among lamps that are polled every 2 s. */
  private void breakerAmongLamps(Duration takes) {
    new Breaker(fake, takes);
    List<DeviceSpec> devices = new ArrayList<>(List.of(Breaker.spec("line")));
    for (int i = 0; i < NEIGHBOURS; i++) {
      devices.add(Specs.device("line", "lamp" + i));
      fake.registers.put("lamp" + i + "/level", new Value.Int(500));
    }
    rig.with("line", fake, devices.toArray(DeviceSpec[]::new));
    rig.runFor(Duration.ofSeconds(5));
    fake.reads.clear();
  }

  private void command(String id, Value value) {
    assertThat(rig.command(id, Breaker.ID, "control", value)).isTrue();
  }

  private List<Duration> looksSince(long startedNanos) {
    return fake.reads.stream()
        .filter(read -> read.unit().equals(Breaker.ID))
        .map(Asked::at)
        .map(at -> at.minusNanos(startedNanos))
        .toList();
  }

  private void assertLampsInTime(Duration atMostLate) {
    for (int i = 0; i < NEIGHBOURS; i++) {
      assertThat(fake.intervals("lamp" + i))
          .isNotEmpty()
          .allMatch(x -> x.minus(LineRig.POLL).abs().compareTo(atMostLate) <= 0);
    }
  }

  private CommandResult only() {
    assertThat(rig.results).hasSize(1);
    return rig.results.get(0);
  }

  @Test
  void aStateThatFollowsAfterThreeSecondsProvesTheCommandAtTheSecondLook() {
    breakerAmongLamps(Duration.ofSeconds(3));
    long started = rig.now();
    command("close", Breaker.CLOSED);
    rig.runFor(Duration.ofSeconds(20));
    assertThat(only().status()).isEqualTo(CommandStatus.DONE);
    assertThat(only().value()).contains(Breaker.CLOSED);
    assertThat(only().message()).isEmpty();
    List<Duration> looks = looksSince(started);
    assertThat(looks).hasSize(3); // the lock, then the state twice
    assertThat(looks.get(0)).isLessThan(FakeLine.ANSWER);
    assertThat(looks.get(1)).isBetween(Breaker.EVERY, Breaker.EVERY.plus(OTHERS));
    assertThat(looks.get(2))
        .isBetween(Breaker.EVERY.multipliedBy(2), Breaker.EVERY.multipliedBy(2).plus(OTHERS));
    assertLampsInTime(OTHERS);
  }

  @Test
  void aStateThatNeverFollowsIsLookedAtUntilTheTimeIsOver() {
    breakerAmongLamps(Duration.ofHours(1));
    long started = rig.now();
    command("close", Breaker.CLOSED);
    rig.runFor(Breaker.WITHIN);
    assertThat(rig.results).isEmpty();
    rig.runFor(Duration.ofMinutes(1));
    assertThat(only().status()).isEqualTo(CommandStatus.UNCONFIRMED);
    assertThat(only().value()).contains(Breaker.OPEN);
    assertThat(only().message()).isEqualTo("not proved within 15 s: point \"state\" reads open");
    List<Duration> looks = looksSince(started);
    assertThat(looks).hasSize(9); // the lock, at 2, 4 … 14 s, and when the time is over
    assertThat(looks.get(8)).isBetween(Breaker.WITHIN, Breaker.WITHIN.plus(OTHERS));
    assertLampsInTime(OTHERS);
  }

  @Test
  void anEffectThatShowsAtTheLastMomentCounts() {
    breakerAmongLamps(Duration.ofMillis(14_500));
    command("close", Breaker.CLOSED);
    rig.runFor(Duration.ofSeconds(20));
    assertThat(only().status()).isEqualTo(CommandStatus.DONE);
  }

  @Test
  void aDeviceThatFallsSilentCostsOneTimeoutAndIsUnconfirmedWhenTheTimeIsOver() {
    breakerAmongLamps(Duration.ofHours(1));
    command("close", Breaker.CLOSED);
    rig.runFor(Duration.ofSeconds(5));
    fake.silent.add(Breaker.ID);
    fake.reads.clear();
    long started = rig.now();
    rig.runFor(Duration.ofMillis(1_500));
    assertThat(looksSince(started)).hasSize(1);
    rig.runFor(Duration.ofSeconds(20));
    assertThat(only().status()).isEqualTo(CommandStatus.UNCONFIRMED);
    assertThat(only().value()).contains(Breaker.OPEN);
    assertThat(only().message())
        .isEqualTo(
            "not proved within 15 s: point \"state\" cannot be read, unit breaker did not answer");
    // the look, and what the back-off of its polls allows: at 1, 3, 7 and 15 s
    assertThat(looksSince(started)).hasSizeLessThanOrEqualTo(5);
    assertLampsInTime(OTHERS.plus(FakeLine.TIMEOUT));
  }

  @Test
  void aDeviceThatComesBackInTimeIsLookedAtAgain() {
    breakerAmongLamps(Duration.ofSeconds(3));
    command("close", Breaker.CLOSED);
    rig.runFor(Duration.ofSeconds(1));
    fake.silent.add(Breaker.ID);
    rig.runFor(Duration.ofSeconds(3));
    fake.silent.clear();
    rig.runFor(Duration.ofSeconds(10));
    assertThat(only().status()).isEqualTo(CommandStatus.DONE);
  }

  @Test
  void aBusThatIsLostAndComesBackInTimeProvesTheCommandAndElseItIsUnconfirmed() {
    breakerAmongLamps(Duration.ofSeconds(3));
    command("close", Breaker.CLOSED);
    rig.runFor(Duration.ofSeconds(1));
    fake.down = true;
    rig.runFor(Duration.ofSeconds(2));
    fake.down = false;
    rig.runFor(Duration.ofSeconds(10));
    assertThat(only().status()).isEqualTo(CommandStatus.DONE);
    rig.results.clear();
    command("open", Breaker.OPEN);
    rig.runFor(Duration.ofSeconds(1));
    fake.down = true;
    rig.runFor(Breaker.WITHIN);
    assertThat(only().status()).isEqualTo(CommandStatus.UNCONFIRMED);
    assertThat(only().message()).startsWith("not proved within 15 s");
  }

  @Test
  void anotherCommandForThePointOvertakesTheOneThatIsBeingProved() {
    breakerAmongLamps(Duration.ofSeconds(3));
    command("close", Breaker.CLOSED);
    rig.runFor(Duration.ofMillis(2_500));
    command("open", Breaker.OPEN);
    rig.runFor(Duration.ofMillis(200));
    assertThat(only().id()).isEqualTo("close");
    assertThat(only().status()).isEqualTo(CommandStatus.UNCONFIRMED);
    assertThat(only().message())
        .isEqualTo("overtaken by another command: point \"state\" reads open");
    assertThat(only().value()).contains(Breaker.OPEN);
    rig.runFor(Duration.ofSeconds(20));
    assertThat(rig.results).hasSize(2);
    assertThat(rig.results.get(1).status()).isEqualTo(CommandStatus.DONE);
  }

  @Test
  void aCommandThatIsNeverWrittenOvertakesNone() {
    Breaker breaker = new Breaker(fake, Duration.ofSeconds(3));
    rig.with("line", fake, Breaker.spec("line"));
    rig.runFor(Duration.ofSeconds(1));
    command("close", Breaker.CLOSED);
    rig.runFor(Duration.ofSeconds(1));
    breaker.locked(true);
    command("locked-out", Breaker.OPEN);
    rig.runFor(Duration.ofSeconds(1));
    breaker.locked(false);
    fake.refusing.add(Breaker.ID);
    command("turned-down", Breaker.OPEN);
    rig.runFor(Duration.ofSeconds(20));
    assertThat(rig.results)
        .extracting(result -> result.id() + " " + result.status())
        .containsExactly("locked-out REFUSED", "turned-down FAILED", "close DONE");
  }

  @Test
  void aStopAnswersAllThatWait() {
    breakerAmongLamps(Duration.ofHours(1));
    command("close", Breaker.CLOSED);
    rig.runFor(Duration.ofSeconds(3));
    rig.work().finish();
    assertThat(only().status()).isEqualTo(CommandStatus.UNCONFIRMED);
    assertThat(only().message())
        .isEqualTo("the bus was stopped before it was proved: point \"state\" reads open");
    assertThat(only().value()).contains(Breaker.OPEN);
    rig.work().stopped();
    assertThat(rig.results).hasSize(1);
  }

  @Test
  void aStopDuringALookAnswersOnce() {
    breakerAmongLamps(Duration.ZERO);
    fake.life = () -> {};
    command("close", Breaker.CLOSED);
    rig.runFor(Duration.ofSeconds(1));
    fake.registers.put("breaker/state", new Value.Int(0xF0));
    fake.life = rig.work()::stopped; // as the thread that gives up waiting for a driver does
    rig.runFor(Duration.ofSeconds(5));
    assertThat(only().status()).isEqualTo(CommandStatus.UNCONFIRMED);
  }

  @Test
  void theWallClockDisturbsNoProof() {
    breakerAmongLamps(Duration.ofSeconds(3));
    command("close", Breaker.CLOSED);
    rig.runFor(Duration.ofSeconds(1));
    clock.setWall(clock.instant().plus(Duration.ofDays(3)));
    rig.runFor(Duration.ofSeconds(2));
    assertThat(rig.results).isEmpty();
    rig.runFor(Duration.ofSeconds(10));
    assertThat(only().status()).isEqualTo(CommandStatus.DONE);
  }

  @Test
  void aProofAtThePointItselfAndByNumbersTakesItsTimeAsWell() {
    fake.registers.put("lamp/level", new Value.Int(0));
    fake.ignoresWrites = true;
    rig.with("line", fake, Specs.device("line", "lamp", LineRig.POLL, dimming()));
    rig.runFor(Duration.ofSeconds(1));
    rig.command("c1", "lamp", "level", new Value.Real(42.54));
    rig.runFor(Duration.ofSeconds(2));
    fake.registers.put("lamp/level", new Value.Int(425));
    rig.runFor(Duration.ofSeconds(2));
    assertThat(only().status()).isEqualTo(CommandStatus.DONE);
    assertThat(only().value()).contains(new Value.Real(42.5));
  }

  private static PointSpec dimming() {
    return Specs.proved("level", new Proof("level", Duration.ofSeconds(5), Duration.ofSeconds(1)));
  }

  @Test
  void aProofThatCannotBeReadLeavesTheCommandUnconfirmed() {
    rig.with(
        "line",
        fake,
        Specs.device(
            "line",
            "lamp",
            LineRig.POLL,
            Specs.proved(
                "level", new Proof("gone", Duration.ofSeconds(5), Duration.ofSeconds(1)))));
    rig.runFor(Duration.ofSeconds(1));
    rig.command("c1", "lamp");
    rig.runFor(Duration.ofSeconds(1));
    assertThat(only().status()).isEqualTo(CommandStatus.UNCONFIRMED);
    assertThat(only().message()).isEqualTo("written; point \"gone\" cannot be read");
  }
}
