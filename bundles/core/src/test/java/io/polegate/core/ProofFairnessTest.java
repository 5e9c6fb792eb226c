package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.command.CommandResult;
import io.polegate.api.command.CommandStatus;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec.Proof;
import io.polegate.api.data.Value;
import io.polegate.core.FakeLine.Asked;
import io.polegate.testkit.HandClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Looks at the effect of commands harm nobody, and nobody harms them. */
final class ProofFairnessTest {
  private final HandClock clock = new HandClock();
  private final FakeLine fake = new FakeLine(clock);
  private final WorkRig rig = new WorkRig(clock);

  @Test
  void commandsAndLooksOfOthersGoOnWhileManyAreProvedAmongTheDead() {
    List<DeviceSpec> devices = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      devices.add(Specs.device("line", "dead" + i));
      fake.silent.add("dead" + i);
    }
    devices.add(Specs.device("line", "well"));
    fake.registers.put("well/level", new Value.Int(500));
    devices.add(Breaker.spec("line"));
    new Breaker(fake, Duration.ofHours(1));
    rig.with("line", fake, devices.toArray(DeviceSpec[]::new));
    rig.runFor(Duration.ofMinutes(2));
    fake.reads.clear();
    for (int round = 0; round < 100; round++) {
      rig.command("close" + round, Breaker.ID, "control", Breaker.CLOSED);
      rig.runFor(Duration.ofMillis(7_300));
    }
    Duration bound = FakeLine.TIMEOUT.plus(FakeLine.ANSWER.multipliedBy(4));
    assertThat(fake.intervals("well"))
        .hasSizeGreaterThan(300)
        .allMatch(x -> x.minus(LineRig.POLL).abs().compareTo(bound) <= 0);
    assertThat(rig.results).hasSize(99).allMatch(r -> r.message().startsWith("overtaken"));
  }

  @Test
  void aFloodOfCommandsStarvesNoLookAndLooksStarveNoCommand() {
    new Breaker(fake, Duration.ofSeconds(3));
    fake.registers.put("lamp/level", new Value.Int(500));
    rig.with("line", fake, Breaker.spec("line"), Specs.device("line", "lamp"));
    rig.runFor(Duration.ofSeconds(5));
    fake.reads.clear();
    long started = rig.now();
    rig.command("close", Breaker.ID, "control", Breaker.CLOSED);
    for (int round = 0; round < 20; round++) {
      IntStream.range(0, CommandQueue.MOST_WAITING).forEach(i -> rig.command("x" + i, "lamp"));
      rig.runFor(Duration.ofSeconds(1));
    }
    CommandResult proved =
        rig.results.stream().filter(r -> r.id().equals("close")).findFirst().orElseThrow();
    assertThat(proved.status()).isEqualTo(CommandStatus.DONE);
    Asked last = fake.reads.stream().filter(r -> r.unit().equals(Breaker.ID)).toList().get(2);
    assertThat(last.at().minusNanos(started)).isLessThan(Duration.ofMillis(4_200));
    assertThat(rig.results).hasSizeGreaterThan(400);
  }

  @Test
  void looksThatAreAlwaysDueStarveNoCommand() {
    Proof hasty = new Proof("level", Duration.ofMinutes(1), Duration.ofMillis(1));
    fake.registers.put("lamp/level", new Value.Int(0));
    fake.registers.put("well/level", new Value.Int(0));
    fake.ignoresWrites = true;
    rig.with(
        "line",
        fake,
        Specs.device("line", "lamp", LineRig.POLL, Specs.proved("level", hasty)),
        Specs.device("line", "well"));
    rig.runFor(Duration.ofSeconds(1));
    rig.command("dim", "lamp");
    rig.runFor(Duration.ofSeconds(1));
    for (int i = 0; i < 20; i++) {
      long given = rig.now();
      rig.command("c" + i, "well");
      while (rig.results.size() <= i) {
        rig.work().step();
      }
      // a look, perhaps a read that is due, and itself
      assertThat(Duration.ofNanos(rig.now() - given))
          .isLessThanOrEqualTo(FakeLine.ANSWER.multipliedBy(4));
    }
    fake.reads.clear();
    rig.runFor(Duration.ofSeconds(30));
    assertThat(fake.intervals("well")).allMatch(x -> x.toMillis() < 3_000);
  }
}
