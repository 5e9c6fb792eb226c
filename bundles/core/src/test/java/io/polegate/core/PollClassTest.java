package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.Coding;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.data.BadReason;
import io.polegate.api.data.Reading;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Access;
import io.polegate.api.journal.JournalItem;
import io.polegate.testkit.HandClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Points that are read less often than their device. */
final class PollClassTest {
  private static final PointSpec LEVEL = Specs.point("level", Access.READ, Optional.empty());
  private static final Coding PLAIN = Coding.NONE;

  private final HandClock clock = new HandClock();
  private final FakeLine fake = new FakeLine(clock);
  private final WorkRig rig = new WorkRig(clock);

  private void start(PointSpec... points) {
    for (PointSpec point : points) {
      fake.registers.put("a/" + point.id(), new Value.Int(500));
    }
    rig.with("line", fake, Specs.device("line", "a", LineRig.POLL, points));
  }

  private static PointSpec slow(String id, int seconds) {
    return Specs.slow(id, Duration.ofSeconds(seconds), PLAIN);
  }

  private int reads(String point) {
    return (int)
        rig.journalled(JournalItem.PointReading.class).stream()
            .filter(reading -> reading.point().equals(point))
            .count();
  }

  @Test
  void aSlowPointIsReadAtTheFirstPollAndThenWhenItIsDue() {
    start(LEVEL, slow("serial", 600));
    rig.runFor(Duration.ofSeconds(1));
    assertThat(reads("serial")).isEqualTo(1);
    rig.runFor(Duration.ofSeconds(598));
    assertThat(reads("serial")).isEqualTo(1);
    rig.runFor(Duration.ofSeconds(2));
    assertThat(reads("serial")).isEqualTo(2);
    assertThat(reads("level")).isEqualTo(301);
  }

  @Test
  void anIntervalThatIsNoMultipleKeepsItsPhase() {
    start(LEVEL, slow("odd", 5));
    rig.runFor(Duration.ofSeconds(100));
    assertThat(reads("odd")).isEqualTo(20);
    assertThat(reads("level")).isEqualTo(50);
  }

  @Test
  void whatWasMissedIsNotMadeUpFor() {
    start(LEVEL, slow("slow", 10));
    rig.runFor(Duration.ofSeconds(5));
    clock.advance(Duration.ofSeconds(60));
    rig.runFor(Duration.ofSeconds(20));
    assertThat(reads("slow")).isEqualTo(4);
    assertThat(rig.status("a").missedPolls()).isEqualTo(29);
  }

  @Test
  void aDeviceOfSlowPointsIsPolledAtTheFastestOfThem() {
    start(slow("ten", 10), slow("thirty", 30));
    rig.runFor(Duration.ofSeconds(61));
    assertThat(rig.status("a").poll()).isEqualTo(Duration.ofSeconds(10));
    assertThat(rig.status("a").polls()).isEqualTo(7);
    assertThat(fake.intervals("a")).containsOnly(Duration.ofSeconds(10));
    assertThat(reads("ten")).isEqualTo(7);
    assertThat(reads("thirty")).isEqualTo(3);
  }

  @Test
  void aFactorIsTheLastThatTheOtherPointSaid() {
    Coding scaled =
        new Coding(
            1,
            0,
            OptionalLong.empty(),
            Coding.Curve.LINEAR,
            List.of(),
            List.of(),
            List.of(),
            List.of(
                new Coding.Factor(
                    "decimals", Map.of(new Value.Int(1), 0.1, new Value.Int(2), 0.01))));
    start(Specs.slow("volume", LineRig.POLL, scaled), slow("decimals", 60));
    fake.registers.put("a/decimals", new Value.Int(1));
    rig.runFor(Duration.ofSeconds(3));
    fake.registers.put("a/decimals", new Value.Int(2));
    rig.runFor(Duration.ofSeconds(56));
    assertThat(rig.values("volume")).hasSize(30).containsOnly(new Value.Real(50));
    rig.runFor(Duration.ofSeconds(2));
    assertThat(rig.values("volume")).hasSize(31).endsWith(new Value.Real(5));
  }

  @Test
  void afterASilenceEveryPointIsReadAgain() {
    start(LEVEL, slow("slow", 3600));
    rig.runFor(Duration.ofSeconds(3));
    fake.silent.add("a");
    rig.runFor(Duration.ofSeconds(2));
    fake.silent.clear();
    rig.runFor(Duration.ofSeconds(5));
    List<Reading> readings = readings("slow");
    assertThat(readings).hasSize(3);
    assertThat(readings.get(1)).isInstanceOf(Reading.Bad.class);
    assertThat(readings.get(2)).isInstanceOf(Reading.Good.class);
  }

  @Test
  void aSlowPointWhoseFrameWasLostIsAskedAgainAtTheNextPoll() {
    start(LEVEL, slow("slow", 3600));
    fake.partlySilent.add("a/slow");
    rig.runFor(Duration.ofSeconds(1));
    fake.partlySilent.clear();
    rig.runFor(Duration.ofSeconds(10));
    assertThat(readings("slow")).hasSize(2).last().isInstanceOf(Reading.Good.class);
    assertThat(((Reading.Bad) readings("slow").get(0)).reason()).isEqualTo(BadReason.DEVICE_SILENT);
  }

  private List<Reading> readings(String point) {
    return rig.journalled(JournalItem.PointReading.class).stream()
        .filter(item -> item.point().equals(point))
        .map(JournalItem.PointReading::reading)
        .toList();
  }

  @Test
  void overAnHourWithEveryKindOfTroubleNoReadIsEmptyAndEveryPointIsInTime() {
    start(LEVEL, slow("seven", 7), slow("eleven", 11), slow("minute", 60));
    DeviceSpec allSlow =
        Specs.device("line", "b", Duration.ofSeconds(1), slow("nine", 9), slow("four", 4));
    fake.registers.put("b/nine", new Value.Int(1));
    fake.registers.put("b/four", new Value.Int(1));
    rig.change(
        "line",
        Specs.device(
            "line", "a", LineRig.POLL, LEVEL, slow("seven", 7), slow("eleven", 11), slow("x", 60)),
        allSlow);
    fake.registers.put("a/x", new Value.Int(1));
    for (int minute = 0; minute < 60; minute++) {
      // reading an empty list fails in this driver, and its bus would be lost
      rig.runFor(Duration.ofMillis(60_000 - 137L * minute));
      clock.advance(Duration.ofMillis(733L * minute));
    }
    assertThat(fake.opened).hasValue(1);
    assertThat(rig.events()).isEmpty();
    // a bit more than an hour, 22 minutes of it skipped in sixty jumps
    assertThat(reads("seven")).isBetween(475, 545);
    assertThat(reads("eleven")).isBetween(300, 370);
    assertThat(reads("four")).isBetween(835, 905);
  }
}
