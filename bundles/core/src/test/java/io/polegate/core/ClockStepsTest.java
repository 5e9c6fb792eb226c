package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.command.CommandResult;
import io.polegate.api.command.CommandStatus;
import io.polegate.api.data.SampleTime;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.live.DeviceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wall clock is set by hours while everything runs. */
final class ClockStepsTest {
  private static void step(LineRig rig, int hours) {
    rig.clock.setWall(rig.clock.instant().plus(Duration.ofHours(hours)));
  }

  private static List<Duration> tries(LineRig rig, int hours) {
    rig.fake.silent.add("dead");
    rig.runFor(Duration.ofSeconds(30));
    step(rig, hours);
    rig.runFor(Duration.ofMinutes(20));
    return rig.fake.intervals("dead");
  }

  @ParameterizedTest
  @ValueSource(ints = {-30, -3, 3, 30, 100_000})
  void backOffAndPollsGoOnAsIfNothingHappened(int hours) {
    LineRig stepped = new LineRig("alive", "dead");
    LineRig even = new LineRig("alive", "dead");
    assertThat(tries(stepped, hours)).isEqualTo(tries(even, 0));
    assertThat(stepped.fake.intervals("alive")).isEqualTo(even.fake.intervals("alive"));
  }

  @ParameterizedTest
  @ValueSource(ints = {-30, 30})
  void agesAreThoseOfTheMonotonicClock(int hours) {
    LineRig rig = new LineRig("lamp");
    rig.runFor(Duration.ofSeconds(10));
    step(rig, hours);
    rig.clock.advance(Duration.ofSeconds(1));
    DeviceStatus status = rig.status("lamp");
    assertThat(status.lastGoodAge().orElseThrow()).isLessThan(Duration.ofSeconds(4));
    assertThat(status.points().get(0).age().orElseThrow()).isLessThan(Duration.ofSeconds(4));
  }

  @ParameterizedTest
  @ValueSource(ints = {-30, 30})
  void readingsAreJournalledInTheOrderInWhichTheyWereMade(int hours) {
    LineRig rig = new LineRig("lamp");
    rig.runFor(Duration.ofSeconds(10));
    step(rig, hours);
    rig.runFor(Duration.ofSeconds(10));
    List<Instant> times =
        rig.journal.stream()
            .filter(JournalItem.PointReading.class::isInstance)
            .map(item -> ((JournalItem.PointReading) item).reading().time())
            .map(SampleTime::instant)
            .toList();
    assertThat(times).hasSize(10);
    Duration between = Duration.between(times.get(4), times.get(5)).minusHours(hours);
    assertThat(between).isEqualTo(LineRig.POLL);
    assertThat(times.subList(0, 5)).isSorted();
    assertThat(times.subList(5, 10)).isSorted();
  }

  @ParameterizedTest
  @ValueSource(ints = {-30, 30})
  void aCommandOnItsWayKeepsTheTimeItHad(int hours) {
    LineRig rig = new LineRig("lamp");
    rig.runFor(Duration.ofSeconds(3));
    rig.command("c1", "lamp", 1, Duration.ofSeconds(30));
    step(rig, hours);
    rig.runFor(Duration.ofSeconds(3));
    assertThat(rig.results).extracting(CommandResult::status).containsExactly(CommandStatus.DONE);
    rig.command("c2", "lamp", 1, Duration.ofSeconds(30));
    step(rig, hours);
    rig.clock.advance(Duration.ofSeconds(31));
    rig.runFor(Duration.ofSeconds(3));
    assertThat(rig.results.get(1).status()).isEqualTo(CommandStatus.REFUSED);
  }
}
