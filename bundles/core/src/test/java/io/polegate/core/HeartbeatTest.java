package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.data.Value;
import io.polegate.api.driver.Access;
import io.polegate.api.live.DeviceStatus.State;
import io.polegate.testkit.HandClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What the gateway writes by itself. */
final class HeartbeatTest {
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final HandClock clock = new HandClock();
  private final FakeLine fake = new FakeLine(clock);
  private final WorkRig rig = new WorkRig(clock);

  private void charger(OptionalDouble release) {
    fake.registers.put("charger/level", new Value.Int(1));
    rig.with(
        "line",
        fake,
        Specs.device(
            "line",
            "charger",
            LineRig.POLL,
            Specs.point("level", Access.READ_WRITE, Optional.empty()),
            Specs.beating(EVERY, release)),
        Specs.device("line", "dead"));
  }

  private List<String> beats() {
    return fake.writes.stream().filter(write -> write.contains("beat")).toList();
  }

  @Test
  void itIsWrittenFromStartToStartInRawUnitsAndIsNoCommand() {
    charger(OptionalDouble.empty());
    rig.runFor(Duration.ofMinutes(1));
    assertThat(beats()).hasSizeBetween(60, 61).containsOnly("charger/beat=Int[value=100]");
    assertThat(rig.results).isEmpty();
    assertThat(rig.events()).isEmpty();
  }

  @Test
  void missedBeatsAreNotMadeUpFor() {
    charger(OptionalDouble.empty());
    rig.runFor(Duration.ofSeconds(5));
    fake.writes.clear();
    clock.advance(Duration.ofSeconds(10));
    rig.runFor(Duration.ofMillis(100));
    assertThat(beats()).hasSize(1);
  }

  @Test
  void aDeadDeviceCostsNoTimeoutPerBeatAndIsBeatenAgainWhenItIsBack() {
    charger(OptionalDouble.empty());
    rig.runFor(Duration.ofSeconds(5));
    fake.silent.add("charger");
    fake.writes.clear();
    rig.runFor(Duration.ofMinutes(10));
    assertThat(beats()).hasSizeLessThanOrEqualTo(1);
    fake.silent.clear();
    rig.runFor(Duration.ofMinutes(1));
    fake.writes.clear();
    rig.runFor(Duration.ofMinutes(1));
    assertThat(beats()).hasSizeBetween(59, 61);
    assertThat(rig.events()).containsOnlyOnce("device-offline");
  }

  @Test
  void aDeviceThatLetsOneOfItsPointsTimeOutIsBeatenAndReleased() {
    charger(OptionalDouble.of(0));
    fake.partlySilent.add("charger/level");
    rig.runFor(Duration.ofSeconds(5));
    fake.writes.clear();
    rig.runFor(Duration.ofMinutes(1));
    assertThat(beats()).hasSizeBetween(58, 61);
    rig.work().finish();
    assertThat(beats()).last().isEqualTo("charger/beat=Int[value=0]");
  }

  @Test
  void aDeviceThatIsOnlyWrittenIsTriedAgainWithGrowingPauses() {
    rig.with(
        "line",
        fake,
        Specs.device(
            "line", "charger", LineRig.POLL, Specs.beating(EVERY, OptionalDouble.empty())));
    fake.silent.add("charger");
    rig.runFor(Duration.ofMinutes(10));
    assertThat(beats()).hasSizeBetween(10, 18);
    assertThat(rig.events()).containsExactly("heartbeat-failed", "device-offline");
    fake.silent.clear();
    rig.runFor(Duration.ofMinutes(2));
    assertThat(rig.status("charger").state()).isEqualTo(State.ONLINE);
    assertThat(rig.events())
        .containsExactly("heartbeat-failed", "device-offline", "heartbeat-resumed");
  }

  @Test
  void aRefusalIsReportedOnceAndSoIsItsEnd() {
    charger(OptionalDouble.empty());
    fake.refusing.add("charger");
    rig.runFor(Duration.ofMinutes(1));
    assertThat(beats()).hasSizeGreaterThan(50);
    assertThat(rig.events()).containsExactly("heartbeat-failed");
    fake.refusing.clear();
    rig.runFor(Duration.ofMinutes(1));
    assertThat(rig.events()).containsExactly("heartbeat-failed", "heartbeat-resumed");
  }

  @Test
  void itGoesAheadOfReadsAndOfAFloodOfCommands() {
    charger(OptionalDouble.empty());
    rig.runFor(Duration.ofSeconds(3));
    for (int second = 0; second < 30; second++) {
      for (int i = 0; i < CommandQueue.MOST_WAITING; i++) {
        rig.command("c" + second + "-" + i, "charger");
      }
      int before = beats().size();
      rig.runFor(Duration.ofSeconds(1));
      assertThat(beats()).hasSizeBetween(before, before + 2);
    }
    assertThat(beats()).hasSizeBetween(32, 36);
  }

  @Test
  void theReleaseIsWrittenOnceWhenTheBusIsStoppedInOrder() {
    charger(OptionalDouble.of(0));
    rig.runFor(Duration.ofSeconds(5));
    fake.writes.clear();
    rig.work().finish();
    assertThat(fake.writes).containsExactly("charger/beat=Int[value=0]");
    assertThat(rig.line("line").isOpen()).isFalse();
  }

  @Test
  void releasesAreNotTriedOnDevicesThatAreAway() {
    charger(OptionalDouble.of(0));
    fake.silent.add("charger");
    rig.runFor(Duration.ofMinutes(1));
    fake.writes.clear();
    rig.work().finish();
    assertThat(fake.writes).isEmpty();
  }

  @Test
  void releasesStopWhenTheirTimeIsOver() {
    fake.timeout = Duration.ofSeconds(3);
    rig.with(
        "line",
        fake,
        Specs.device("line", "a", LineRig.POLL, Specs.beating(EVERY, OptionalDouble.of(0))),
        Specs.device("line", "b", LineRig.POLL, Specs.beating(EVERY, OptionalDouble.of(0))));
    rig.runFor(Duration.ofSeconds(5));
    fake.silent.addAll(List.of("a", "b"));
    fake.writes.clear();
    rig.work().finish();
    assertThat(fake.writes).hasSize(1);
  }
}
