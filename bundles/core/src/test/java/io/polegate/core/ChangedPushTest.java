package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.config.PointSpec.ReportSpec;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Access;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.PushSource;
import io.polegate.api.driver.Sample;
import io.polegate.testkit.HandClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sources that report by themselves while their devices change. */
final class ChangedPushTest {
  private static final PointSpec LEVEL = reporting("level", Duration.ofHours(1));
  private static final PointSpec OTHER = reporting("other", Duration.ofHours(1));

  private final HandClock clock = new HandClock();
  private final CapableLine source = new CapableLine(clock);
  private final WorkRig rig = new WorkRig(clock);

  private static PointSpec reporting(String id, Duration maxAge) {
    return Specs.point(
        id, Access.READ, new ReportSpec(0, maxAge, Optional.empty()), Optional.empty());
  }

  private static DeviceSpec device(String unit, PointSpec... points) {
    return Specs.device("gpio", unit, Duration.ofSeconds(30), points);
  }

  private CapableLine.Opened start() {
    for (String key : List.of("door/level", "door/other", "gate/level", "gate/other")) {
      source.fake.registers.put(key, new Value.Int(0));
    }
    rig.with("gpio", source, device("door", LEVEL), device("gate", LEVEL));
    rig.runFor(Duration.ofSeconds(1));
    rig.journal.clear();
    return source.drivers.get(0);
  }

  private static Sample raw(long value) {
    return Sample.good(new Value.Int(value));
  }

  private static Value unit(double value) {
    return new Value.Real(value);
  }

  @Test
  void theSourceIsToldTheNewPointsAndStaysOpen() {
    CapableLine.Opened driver = start();
    rig.change("gpio", device("door", LEVEL, OTHER));
    assertThat(driver.subscribed)
        .extracting(point -> ((FakeLine.FakePoint) point).key())
        .containsExactly("door/level", "door/other");
    driver.push(driver.subscribed.get(1), raw(30));
    rig.work().step();
    assertThat(rig.values("other")).startsWith(unit(3));
    assertThat(source.fake.opened).hasValue(1);
  }

  @Test
  void whatWasReportedBeforeTheChangeCountsAndNoEdgeFallsInBetween() {
    CapableLine.Opened driver = start();
    Point door = driver.subscribed.get(0);
    Point gate = driver.subscribed.get(1);
    PushSource.Listener listener = Objects.requireNonNull(driver.pushTo);
    driver.push(gate, raw(10));
    driver.push(door, raw(20));
    rig.change("gpio", device("door", LEVEL, OTHER));
    // a driver that has not taken the new listener yet
    listener.sampled(door, raw(0));
    listener.sampled(gate, raw(50));
    rig.work().step();
    assertThat(rig.values("level")).containsExactly(unit(1), unit(2), unit(0));
  }

  @Test
  void theSourceIsNotToldWhenTheSamePointsReport() {
    CapableLine.Opened driver = start();
    driver.subscribeFails = new IllegalStateException("told");
    rig.change(
        "gpio",
        device("door", LEVEL),
        new DeviceSpec(
            "gate",
            Map.of(),
            "gpio",
            Duration.ofSeconds(5),
            device("gate").settings(),
            List.of(LEVEL, Specs.point("lock", Access.WRITE, Optional.empty()))));
    driver.push(driver.subscribed.get(1), raw(30));
    rig.work().step();
    assertThat(rig.values("level")).startsWith(unit(3));
    assertThat(rig.line("gpio").isOpen()).isTrue();
  }

  @Test
  void aSourceThatRefusesTheNewPointsIsDownAndOpenedAgain() {
    CapableLine.Opened driver = start();
    driver.subscribeFails = new IllegalStateException("bug");
    rig.change("gpio", device("door", LEVEL, OTHER));
    assertThat(rig.work().status(rig.line("gpio")).message()).isEqualTo("the driver failed: bug");
    driver.subscribeFails = null;
    rig.runFor(Duration.ofMinutes(1));
    assertThat(rig.line("gpio").isOpen()).isTrue();
    assertThat(rig.status("door").points().get(1).reading()).isPresent();
  }

  @Test
  void aSourceThatIsDownIsToldWhenItIsBack() {
    CapableLine.Opened driver = start();
    source.fake.down = true;
    rig.runFor(Duration.ofMinutes(1));
    driver.subscribed.clear();
    rig.change("gpio", device("gate", OTHER));
    assertThat(driver.subscribed).isEmpty();
    source.fake.down = false;
    rig.runFor(Duration.ofMinutes(2));
    assertThat(driver.subscribed).hasSize(1);
  }
}
