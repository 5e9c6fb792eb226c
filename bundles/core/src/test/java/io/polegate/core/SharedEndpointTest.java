package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.command.CommandStatus;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.data.Value;
import io.polegate.api.live.DeviceStatus.State;
import io.polegate.testkit.HandClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two buses at one endpoint: the bound on how late a device that answers, or a command, can be. */
final class SharedEndpointTest {
  private static final int DEAD_PER_BUS = 10;

  /** One time-out, and what answers meanwhile: two reads, a command with its read-back. */
  private static final Duration BOUND = FakeLine.TIMEOUT.plus(FakeLine.ANSWER.multipliedBy(4));

  private final HandClock clock = new HandClock();
  private final FakeLine one = new FakeLine(clock);
  private final FakeLine two = new FakeLine(clock);
  private final WorkRig rig =
      new WorkRig(clock)
          .with("one", one, devices("one", one))
          .with("two", two, devices("two", two));

  /** A healthy device among dead ones. */
  private static DeviceSpec[] devices(String bus, FakeLine fake) {
    List<DeviceSpec> devices = new ArrayList<>();
    for (int i = 0; i < DEAD_PER_BUS; i++) {
      devices.add(Specs.device(bus, bus + "-dead" + i));
      fake.silent.add(bus + "-dead" + i);
    }
    devices.add(4, Specs.device(bus, bus + "-well"));
    fake.registers.put(bus + "-well/level", new Value.Int(500));
    return devices.toArray(DeviceSpec[]::new);
  }

  /** All are known to be dead by now. */
  private void settle() {
    rig.runFor(Duration.ofMinutes(2));
    one.reads.clear();
    two.reads.clear();
  }

  private void assertHealthyOnesInTime(int atLeast) {
    assertThat(one.intervals("one-well")).hasSizeGreaterThan(atLeast).allMatch(this::isInTime);
    assertThat(two.intervals("two-well")).hasSizeGreaterThan(atLeast).allMatch(this::isInTime);
  }

  private boolean isNotLate(Duration interval) {
    return interval.compareTo(LineRig.POLL.plus(BOUND)) <= 0;
  }

  private boolean isInTime(Duration interval) {
    return interval.minus(LineRig.POLL).abs().compareTo(BOUND) <= 0;
  }

  @Test
  void twentyDeadDevicesOnTwoBusesDelayAHealthyOneByOneTimeoutAtMost() {
    settle();
    rig.runFor(Duration.ofHours(1));
    assertHealthyOnesInTime(1_700);
  }

  @Test
  void aCommandWaitsOneTimeoutAtMostEvenBehindCommandsToTheDead() {
    settle();
    for (int round = 0; round < 200; round++) {
      for (int i = 0; i < DEAD_PER_BUS; i++) {
        rig.command("d" + round + "-" + i, "one-dead" + i);
      }
      rig.work().step(); // whatever is first: it may cost a time-out
      String well = round % 2 == 0 ? "one-well" : "two-well";
      long given = rig.now();
      rig.command("w" + round, well);
      while (rig.results.stream().noneMatch(result -> result.id().startsWith("w"))) {
        rig.work().step();
      }
      assertThat(Duration.ofNanos(rig.now() - given)).isLessThanOrEqualTo(BOUND);
      assertThat(rig.results.get(rig.results.size() - 1).status()).isEqualTo(CommandStatus.DONE);
      rig.runFor(Duration.ofMillis(737));
      rig.runFor(Duration.ofSeconds(8));
      rig.results.clear();
    }
    // reading back is a read as well, so only the longest pause says something
    assertThat(one.intervals("one-well")).hasSizeGreaterThan(700).allMatch(this::isNotLate);
  }

  @Test
  void jobsThatCostATimeoutEachHarmNoHealthyDeviceAndHideNoOneThatComesBack() {
    settle();
    List<Integer> done = new ArrayList<>();
    keepBusy(done);
    rig.runFor(Duration.ofMinutes(10));
    assertHealthyOnesInTime(250);
    assertThat(done).hasSizeGreaterThan(300);
    two.silent.clear();
    rig.runFor(Duration.ofMinutes(3));
    assertThat(rig.status("two-dead9").state()).isEqualTo(State.ONLINE);
  }

  /** As a scan does: each job that ends gives the next. */
  private void keepBusy(List<Integer> done) {
    Job<Integer> job =
        new Job<>(
            Optional.empty(),
            () -> {
              clock.advance(FakeLine.TIMEOUT);
              return done.size();
            },
            Runnable::run);
    job.answer().thenAccept(done::add).thenRun(() -> keepBusy(done));
    rig.work().jobs().offer(job);
  }

  @Test
  void jobsGoOnWhenTheBusesAreFull() {
    FakeLine full = new FakeLine(clock);
    DeviceSpec[] many =
        IntStream.range(0, 120)
            .mapToObj(i -> Specs.device("full", "u" + i))
            .toArray(DeviceSpec[]::new);
    WorkRig busy = new WorkRig(clock).with("full", full, many); // 120 × 20 ms do not fit into 2 s
    busy.runFor(Duration.ofMinutes(1));
    List<Integer> done = new ArrayList<>();
    Job<Integer> job = new Job<>(Optional.empty(), () -> 1, Runnable::run);
    job.answer().thenAccept(done::add);
    busy.work().jobs().offer(job);
    busy.runFor(Duration.ofSeconds(5));
    assertThat(done).hasSize(1);
  }

  @Test
  void aBusThatCannotBeOpenedCostsItsNeighbourOneTimeoutAtMost() {
    settle();
    one.down = true;
    one.openTakes = FakeLine.TIMEOUT;
    rig.runFor(Duration.ofMinutes(30));
    assertThat(rig.line("one").isOpen()).isFalse();
    assertThat(rig.status("two-well").state()).isEqualTo(State.ONLINE);
    assertThat(two.intervals("two-well")).hasSizeGreaterThan(800).allMatch(this::isInTime);
    assertThat(rig.events()).endsWith("bus-down", "device-offline");
    one.down = false;
    rig.runFor(Duration.ofMinutes(2));
    assertThat(rig.status("one-well").state()).isEqualTo(State.ONLINE);
  }

  @Test
  void openingsThatCostATimeoutEachLetOwedReadsPass() {
    WorkRig many = new WorkRig(clock);
    for (int i = 0; i < DEAD_PER_BUS; i++) {
      FakeLine closed = new FakeLine(clock);
      closed.down = true;
      closed.openTakes = FakeLine.TIMEOUT;
      many.with("closed" + i, closed, Specs.device("closed" + i, "unit" + i));
    }
    FakeLine open = new FakeLine(clock);
    open.registers.put("well/level", new Value.Int(500));
    many.with("open", open, Specs.device("open", "well"));
    many.runFor(Duration.ofMinutes(30));
    assertThat(open.intervals("well")).hasSizeGreaterThan(800).allMatch(this::isNotLate);
  }

  @Test
  void commandsForABusThatIsDownFailWhileItsNeighbourWorks() {
    settle();
    one.down = true;
    rig.runFor(Duration.ofSeconds(10));
    rig.command("down", "one-well");
    rig.command("up", "two-well");
    rig.runFor(Duration.ofSeconds(3));
    assertThat(rig.results)
        .extracting(result -> result.id() + " " + result.status())
        .containsExactlyInAnyOrder("down FAILED", "up DONE");
  }

  @Test
  void bothSeeOneLoad() {
    settle();
    assertThat(rig.work().status(rig.line("one")).load())
        .isEqualTo(rig.work().status(rig.line("two")).load())
        .isBetween(0.1, 0.9);
  }
}
