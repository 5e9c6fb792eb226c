package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.DeviceSpec;
import io.polegate.api.live.BusStatus;
import io.polegate.testkit.HandClock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whether the plan of a bus fits. An answer takes 20 ms, so 100 devices fill 2 s. */
final class OverloadTest {
  private final HandClock clock = new HandClock();
  private final FakeLine fake = new FakeLine(clock);
  private final WorkRig rig = new WorkRig(clock);

  private void devices(int count) {
    rig.with(
        "line",
        fake,
        IntStream.range(0, count)
            .mapToObj(i -> Specs.device("line", "u" + i))
            .toArray(DeviceSpec[]::new));
  }

  private BusStatus status() {
    return rig.work().status(rig.line("line"));
  }

  @Test
  void aPlanThatFitsIsNoOverload() {
    devices(90);
    rig.runFor(Duration.ofMinutes(10));
    assertThat(status().overloaded()).isFalse();
    assertThat(status().load()).isBetween(0.85, 0.95);
    assertThat(rig.events()).isEmpty();
  }

  @Test
  void aPlanThatDoesNotFitIsReportedOnceAndSoIsItsRelief() {
    devices(120);
    rig.runFor(Duration.ofMinutes(5));
    assertThat(status().overloaded()).isTrue();
    assertThat(status().load()).isGreaterThan(0.99);
    assertThat(rig.events()).containsExactly("bus-overloaded");
    IntStream.range(0, 60).forEach(i -> fake.silent.add("u" + i));
    rig.runFor(Duration.ofMinutes(12));
    assertThat(status().overloaded()).isFalse();
    assertThat(rig.events()).containsOnlyOnce("bus-overloaded", "bus-relieved");
  }

  @Test
  void deadDevicesAreNoOverload() {
    devices(60);
    IntStream.range(0, 40).forEach(i -> fake.silent.add("u" + i));
    rig.runFor(Duration.ofMinutes(15));
    assertThat(rig.events()).containsOnly("device-offline");
  }

  @Test
  void aTimeoutLongerThanThePollIsNoOverload() {
    devices(3);
    fake.timeout = Duration.ofSeconds(9);
    fake.silent.addAll(List.of("u0", "u1"));
    rig.runFor(Duration.ofHours(1));
    assertThat(rig.events()).containsOnly("device-offline");
  }

  @Test
  void aFloodOfCommandsIsNoOverload() {
    devices(10);
    rig.runFor(Duration.ofSeconds(5));
    for (int i = 0; i < 120; i++) {
      for (int j = 0; j < CommandQueue.MOST_WAITING; j++) {
        rig.command("c" + i + "-" + j, "u" + j % 10);
      }
      rig.runFor(Duration.ofSeconds(1));
    }
    assertThat(rig.events()).isEmpty();
    assertThat(status().load()).isGreaterThan(0.9);
  }

  @Test
  void loadIsTheShareOfTheLastMinute() {
    long start = 5_000_000_000L;
    LoadMeter load = new LoadMeter(start);
    assertThat(load.share(start)).isZero();
    load.busy(start, start + seconds(10));
    assertThat(load.share(start + seconds(10))).isEqualTo(1);
    assertThat(load.share(start + seconds(20))).isEqualTo(0.5);
    assertThat(load.share(start + seconds(59))).isBetween(0.16, 0.18);
    assertThat(load.share(start + seconds(75))).isZero();
    load.busy(start + seconds(100), start + seconds(300));
    assertThat(load.share(start + seconds(300))).isEqualTo(1);
    assertThat(load.share(start + seconds(10_000))).isZero();
  }

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }
}
