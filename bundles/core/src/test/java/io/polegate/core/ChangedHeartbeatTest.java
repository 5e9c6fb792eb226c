package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Access;
import io.polegate.testkit.HandClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Heartbeats of devices that change, go or stay while their bus works. */
final class ChangedHeartbeatTest {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final PointSpec LEVEL = Specs.point("level", Access.READ_WRITE, Optional.empty());
  private static final String RELEASE = "/beat=Int[value=0]";

  private final HandClock clock = new HandClock();
  private final FakeLine fake = new FakeLine(clock);
  private final WorkRig rig = new WorkRig(clock);

  private static PointSpec beating(Duration every) {
    return Specs.beating(every, OptionalDouble.of(0));
  }

  private static DeviceSpec device(String unit, PointSpec... points) {
    return Specs.device("line", unit, LineRig.POLL, points);
  }

  private void start() {
    fake.registers.put("one/level", new Value.Int(1));
    fake.registers.put("two/level", new Value.Int(1));
    rig.with(
        "line", fake, device("one", LEVEL, beating(EVERY)), device("two", LEVEL, beating(EVERY)));
    rig.runFor(Duration.ofSeconds(5));
    fake.writes.clear();
  }

  private List<String> written(String unit) {
    return fake.writes.stream().filter(write -> write.startsWith(unit + "/beat")).toList();
  }

  @Test
  void aRemovedDeviceIsReleasedOnceAndTheOtherIsBeatenOn() {
    start();
    rig.change("line", device("two", LEVEL, beating(EVERY)));
    rig.runFor(Duration.ofSeconds(10));
    assertThat(written("one")).containsExactly("one" + RELEASE);
    assertThat(written("two")).hasSize(10).containsOnly("two/beat=Int[value=100]");
  }

  @Test
  void aHeartbeatThatIsTakenFromADeviceIsReleased() {
    start();
    rig.change("line", device("one", LEVEL), device("two", LEVEL, beating(EVERY)));
    rig.runFor(Duration.ofSeconds(10));
    assertThat(written("one")).containsExactly("one" + RELEASE);
  }

  @Test
  void aHeartbeatThatChangesOrWhoseDeviceDoesIsNotReleased() {
    start();
    rig.change(
        "line",
        device("one", LEVEL, beating(EVERY.multipliedBy(2))),
        device("renamed", beating(EVERY)),
        device("two", beating(EVERY)));
    rig.runFor(Duration.ofSeconds(10));
    assertThat(fake.writes).noneMatch(write -> write.endsWith(RELEASE));
    assertThat(written("one")).hasSizeBetween(5, 6);
    assertThat(written("two")).hasSize(10);
  }

  @Test
  void theReleaseGoesAheadOfTheFirstBeatsOfOthers() {
    start();
    rig.change("line", device("new", beating(EVERY)), device("two", LEVEL, beating(EVERY)));
    clock.advance(EVERY.multipliedBy(3));
    rig.runFor(Duration.ofMillis(100));
    assertThat(fake.writes).hasSize(3).startsWith("one" + RELEASE);
  }

  @Test
  void aDeviceThatIsSilentIsNotReleased() {
    start();
    fake.silent.add("one");
    rig.runFor(Duration.ofSeconds(10));
    fake.writes.clear();
    rig.change("line", device("two", LEVEL, beating(EVERY)));
    rig.runFor(Duration.ofSeconds(10));
    assertThat(written("one")).isEmpty();
  }

  @Test
  void aDeviceThatFallsSilentAtItsReleaseCostsOneTimeoutAndNothingIsToldOfIt() {
    start();
    fake.silent.add("one");
    rig.change("line", device("two", LEVEL, beating(EVERY)));
    rig.journal.clear();
    rig.runFor(Duration.ofSeconds(10));
    assertThat(written("one")).hasSize(1);
    assertThat(rig.events()).containsExactly("heartbeat-failed");
    assertThat(rig.values("level")).hasSizeBetween(4, 6);
  }

  @Test
  void aReleaseThatStillWaitsIsWrittenAtTheStop() {
    start();
    rig.change("line", device("two", LEVEL));
    rig.work().finish();
    assertThat(fake.writes).containsExactly("one" + RELEASE, "two" + RELEASE);
  }

  @Test
  void aReleaseThatStillWaitsIsDroppedWhenTheDeviceComesBack() {
    start();
    rig.change("line", device("two", LEVEL, beating(EVERY)));
    rig.change("line", device("two", LEVEL, beating(EVERY)), device("one", LEVEL, beating(EVERY)));
    rig.runFor(Duration.ofSeconds(5));
    assertThat(written("one")).hasSize(5).containsOnly("one/beat=Int[value=100]");
  }

  @Test
  void releasesEndWithTheBus() {
    start();
    rig.change("line", device("three", beating(EVERY)));
    fake.down = true;
    rig.runFor(Duration.ofSeconds(10));
    assertThat(fake.writes).containsExactly("one" + RELEASE);
    fake.down = false;
    rig.runFor(Duration.ofMinutes(1));
    assertThat(written("two")).isEmpty();
    assertThat(written("three")).hasSizeGreaterThan(40);
  }

  @Test
  void aHeartbeatKeepsItsPhaseWhenItsDeviceChanges() {
    start();
    rig.runFor(Duration.ofMillis(500));
    rig.change("line", device("one", beating(EVERY)), device("two", beating(EVERY)));
    fake.writes.clear();
    rig.runFor(Duration.ofMillis(400));
    assertThat(fake.writes).isEmpty();
    rig.runFor(Duration.ofMillis(200));
    assertThat(fake.writes).hasSize(2);
  }
}
