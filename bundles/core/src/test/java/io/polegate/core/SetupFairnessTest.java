package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Access;
import io.polegate.testkit.HandClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Values that many devices have to have, and everything else that wants the bus. */
final class SetupFairnessTest {
  private final HandClock clock = new HandClock();
  private final FakeLine fake = new FakeLine(clock);
  private final WorkRig rig = new WorkRig(clock);

  /** Devices named a0 …, all as delivered, and a well. */
  private List<String> manyRelays(int count) {
    List<DeviceSpec> devices = new ArrayList<>();
    List<String> units = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String unit = "a" + i;
      units.add(unit);
      fake.registers.put(unit + "/level", new Value.Int(600));
      DeviceSpec plain = Specs.device("line", unit);
      devices.add(
          new DeviceSpec(
              unit,
              Map.of(),
              "line",
              LineRig.POLL,
              plain.settings(),
              plain.points(),
              Optional.empty(),
              List.of(),
              Map.of(),
              Map.of("level", new Value.Real(10))));
    }
    fake.registers.put("well/level", new Value.Int(500));
    devices.add(Specs.device("line", "well"));
    rig.with("line", fake, devices.toArray(DeviceSpec[]::new));
    return units;
  }

  @Test
  void manyThatComeOnlineAtOnceDelayNoReadByMoreThanOnePieceEach() {
    assertThat(manyRelays(30)).hasSize(30);
    rig.runFor(Duration.ofMinutes(1));
    assertThat(fake.writes).hasSize(30);
    assertThat(rig.events("device-setup")).hasSize(30);
    // a poll waits for at most 31 reads and as many pieces of 40 ms
    assertThat(fake.intervals("well"))
        .hasSizeGreaterThan(20)
        .allMatch(x -> x.minus(LineRig.POLL).compareTo(FakeLine.ANSWER.multipliedBy(31 * 3)) <= 0);
    assertThat(rig.events()).doesNotContain("bus-overloaded");
  }

  @Test
  void betweenTwoPiecesOfOneDeviceTheOthersAreRead() {
    Map<String, Value> wanted = new HashMap<>();
    List<PointSpec> points = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      points.add(Specs.point("p" + i, Access.READ_WRITE, Optional.empty()));
      wanted.put("p" + i, new Value.Real(10));
      fake.registers.put("relay/p" + i, new Value.Int(0));
    }
    DeviceSpec plain =
        Specs.device("line", "relay", LineRig.POLL, points.toArray(PointSpec[]::new));
    DeviceSpec relay =
        new DeviceSpec(
            "relay",
            Map.of(),
            "line",
            LineRig.POLL,
            plain.settings(),
            points,
            Optional.empty(),
            List.of(),
            Map.of(),
            wanted);
    fake.registers.put("well/level", new Value.Int(500));
    rig.with("line", fake, relay, Specs.device("line", "well"));
    rig.runFor(Duration.ofSeconds(10)); // 100 pieces of 40 ms
    assertThat(fake.intervals("well"))
        .allMatch(x -> x.minus(LineRig.POLL).abs().compareTo(FakeLine.ANSWER.multipliedBy(4)) <= 0);
    assertThat(fake.writes).hasSize(100);
  }

  @Test
  void aCommandWaitsForOnePieceAtMost() {
    assertThat(manyRelays(30)).hasSize(30);
    rig.work().step(); // the opening
    for (int i = 0; i < 40; i++) {
      rig.work().step();
      long given = rig.now();
      rig.command("c" + i, "well");
      while (rig.results.size() <= i) {
        rig.work().step();
      }
      // itself: write and read back
      assertThat(Duration.ofNanos(rig.now() - given)).isEqualTo(FakeLine.ANSWER.multipliedBy(2));
    }
    assertThat(fake.writes.stream().filter(write -> write.startsWith("a"))).isNotEmpty();
  }

  @Test
  void setupsAmongTheDeadKeepTheBound() {
    List<String> units = manyRelays(10);
    rig.runFor(Duration.ofMinutes(1));
    Duration bound = FakeLine.TIMEOUT.plus(FakeLine.ANSWER.multipliedBy(3 * 6));
    for (int round = 0; round < 20; round++) {
      fake.silent.addAll(units);
      rig.runFor(Duration.ofSeconds(30)); // each costs its first time-out on top
      units.forEach(unit -> fake.registers.put(unit + "/level", new Value.Int(600)));
      fake.reads.clear();
      fake.silent.removeAll(units.subList(0, 5));
      rig.runFor(Duration.ofMinutes(2));
      assertThat(fake.intervals("well"))
          .hasSizeGreaterThan(50)
          .allMatch(x -> x.minus(LineRig.POLL).abs().compareTo(bound) <= 0);
    }
    assertThat(fake.writes).hasSize(10 + 20 * 5);
  }
}
