package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.command.CommandStatus;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.config.PointSpec.ReportSpec;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Access;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.api.live.DeviceStatus;
import io.polegate.api.live.DeviceStatus.State;
import io.polegate.testkit.HandClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Devices of a bus that is working come, go and change; the others do not notice. */
final class ChangeInABusTest {
  private static final PointSpec OTHER = Specs.point("other", Access.READ, Optional.empty());
  private static final PointSpec LEVEL =
      Specs.point(
          "level",
          Access.READ_WRITE,
          new ReportSpec(0, Duration.ofHours(1), Optional.of(Lane.STATE)),
          Optional.empty());

  private final HandClock clock = new HandClock();
  private final FakeLine fake = new FakeLine(clock);
  private final WorkRig rig = new WorkRig(clock);

  private static DeviceSpec device(String unit, PointSpec... points) {
    return Specs.device("line", unit, LineRig.POLL, points);
  }

  private void start(String... units) {
    for (String unit : units) {
      fake.registers.put(unit + "/level", new Value.Int(500));
      fake.registers.put(unit + "/other", new Value.Int(70));
    }
    rig.with("line", fake, devices(units));
  }

  private static DeviceSpec[] devices(String... units) {
    return List.of(units).stream().map(unit -> device(unit, LEVEL)).toArray(DeviceSpec[]::new);
  }

  private static String[] twenty() {
    return IntStream.range(0, 20).mapToObj(i -> "u" + i).toArray(String[]::new);
  }

  @Test
  void oneChangedPointOfTwentyDevicesCostsTheNineteenNoPoll() {
    start(twenty());
    rig.runFor(Duration.ofMinutes(1));
    DeviceSpec[] changed = devices(twenty());
    changed[7] = device("u7", LEVEL, OTHER);
    rig.change("line", changed);
    rig.runFor(Duration.ofMinutes(1));

    for (DeviceStatus status : statuses(twenty())) {
      assertThat(status.missedPolls()).isZero();
      assertThat(status.state()).isEqualTo(State.ONLINE);
      if (!status.id().equals("u7")) {
        assertThat(status.polls()).isEqualTo(60);
        assertThat(fake.intervals(status.id()))
            .hasSize(59)
            .allMatch(each -> each.minus(LineRig.POLL).abs().compareTo(FakeLine.ANSWER) <= 0);
      }
    }
    assertThat(rig.values("other")).hasSize(30).containsOnly(new Value.Real(7));
    assertThat(fake.opened).hasValue(1);
    assertThat(rig.work().status(rig.line("line")).openings()).isEqualTo(1);
    assertThat(rig.events()).containsOnly("point-changed").hasSize(20);
  }

  private List<DeviceStatus> statuses(String... units) {
    return List.of(units).stream().map(rig::status).toList();
  }

  @Test
  void aChangedDeviceIsReadAtOnceAndItsOtherPointsGoOnWhereTheyWere() {
    start("a");
    rig.runFor(Duration.ofMillis(100));
    rig.journal.clear();
    rig.change("line", device("a", LEVEL, OTHER));
    assertThat(rig.status("a").points().get(0).reading()).isPresent();
    rig.runFor(Duration.ofMillis(100));
    // the level is as it was, so nothing is journalled of it
    assertThat(rig.journal).hasSize(1);
    assertThat(rig.values("other")).containsExactly(new Value.Real(7));
  }

  @Test
  void aPointAtAnotherAddressStartsAnew() {
    start("a");
    rig.runFor(Duration.ofMillis(100));
    fake.registers.put("b/level", new Value.Int(100));
    DeviceSpec moved = device("b", LEVEL);
    rig.change(
        "line",
        new DeviceSpec("a", Map.of(), "line", LineRig.POLL, moved.settings(), moved.points()));
    assertThat(rig.status("a").points().get(0).reading()).isEmpty();
    rig.runFor(Duration.ofMillis(100));
    assertThat(rig.values("level")).containsExactly(new Value.Real(50), new Value.Real(10));
  }

  @Test
  void otherNamesGroupsAndTagsTouchNothing() {
    start("a");
    rig.runFor(Duration.ofSeconds(3));
    rig.command("waits", "a");
    DeviceSpec was = device("a", LEVEL);
    rig.change(
        "line",
        new DeviceSpec(
            "a",
            Map.of("en", "Lamp"),
            "line",
            was.poll(),
            was.settings(),
            was.points(),
            Optional.empty(),
            List.of("north"),
            Map.of("asset", "17"),
            Map.of()));
    rig.runFor(Duration.ofSeconds(4));
    assertThat(rig.status("a").names()).containsEntry("en", "Lamp");
    assertThat(rig.status("a").polls()).isEqualTo(4);
    assertThat(rig.results.get(0).status()).isEqualTo(CommandStatus.DONE);
  }

  @Test
  void anAddedDeviceIsReadAndARemovedOneIsNot() {
    start("a", "b");
    rig.runFor(Duration.ofSeconds(3));
    fake.registers.put("c/level", new Value.Int(10));
    rig.change("line", devices("a", "c"));
    fake.reads.clear();
    rig.runFor(Duration.ofSeconds(10));
    assertThat(fake.reads).extracting(FakeLine.Asked::unit).contains("a", "c").doesNotContain("b");
    assertThat(rig.status("c").state()).isEqualTo(State.ONLINE);
    assertThat(rig.status("a").polls()).isEqualTo(7);
  }

  @Test
  void commandsForADeviceThatGoesOrChangesAreAnsweredAndOthersGoOn() {
    start("a", "b", "c");
    rig.runFor(Duration.ofSeconds(3));
    rig.command("removed", "a");
    rig.command("changed", "b");
    rig.command("kept", "c");
    rig.change("line", device("b", LEVEL, OTHER), device("c", LEVEL));
    assertThat(rig.results).hasSize(2);
    rig.runFor(Duration.ofSeconds(1));
    assertThat(rig.results)
        .extracting(result -> result.id() + " " + result.status())
        .containsExactly("removed FAILED", "changed FAILED", "kept DONE");
    assertThat(rig.results.get(0).message()).contains("changed or removed");
    assertThat(fake.writes).containsExactly("c/level=Int[value=10]");
  }

  @Test
  void aCommandThatComesLateForARemovedDeviceIsNotWritten() {
    start("a", "b");
    rig.runFor(Duration.ofSeconds(3));
    PolledDevice gone = rig.device("a");
    rig.change("line", devices("b"));
    rig.command("late", gone);
    rig.runFor(Duration.ofSeconds(1));
    assertThat(rig.results).extracting(r -> r.status()).containsExactly(CommandStatus.FAILED);
    assertThat(fake.writes).isEmpty();
  }

  @Test
  void changingASilentDeviceTouchesNoOnesBackOff() {
    start("a", "dead", "quiet");
    fake.silent.addAll(List.of("dead", "quiet"));
    rig.runFor(Duration.ofMinutes(10));
    long due = rig.device("quiet").dueIn(0);
    DeviceStatus before = rig.status("quiet");
    fake.reads.clear();
    rig.change("line", device("a", LEVEL), device("dead", LEVEL, OTHER), device("quiet", LEVEL));
    assertThat(rig.device("quiet").dueIn(0)).isEqualTo(due);
    assertThat(rig.status("quiet").failures()).isEqualTo(before.failures());
    rig.runFor(Duration.ofMinutes(10));
    assertThat(fake.intervals("quiet")).hasSizeBetween(8, 11).allMatch(i -> i.toSeconds() >= 59);
    assertThat(fake.intervals("dead").get(0)).isLessThan(Duration.ofSeconds(2));
    assertThat(rig.status("a").missedPolls()).isZero();
  }

  @Test
  void aDeviceThatWasOfflineIsToldOnlineAfterAChangeAndNeverOfflineTwice() {
    start("a");
    fake.silent.add("a");
    rig.runFor(Duration.ofMinutes(1));
    rig.change("line", device("a", LEVEL, OTHER));
    assertThat(rig.status("a").state()).isEqualTo(State.UNKNOWN);
    rig.runFor(Duration.ofMinutes(1));
    assertThat(eventsOfA()).containsExactly("device-offline");
    fake.silent.clear();
    rig.runFor(Duration.ofMinutes(2));
    assertThat(eventsOfA()).containsExactly("device-offline", "device-online");
  }

  private List<String> eventsOfA() {
    return rig.journalled(JournalItem.Event.class).stream()
        .map(JournalItem.Event::type)
        .filter(type -> type.startsWith("device-"))
        .toList();
  }

  @Test
  void aDeviceThatComesToABusThatIsDownIsOfflineAndReadWhenItIsBack() {
    start("a");
    fake.down = true;
    rig.runFor(Duration.ofMinutes(1));
    int openings = fake.opened.get();
    rig.change("line", devices("a", "b"));
    assertThat(rig.status("b").state()).isEqualTo(State.OFFLINE);
    assertThat(rig.status("b").message()).isEqualTo("no port");
    rig.work().step();
    assertThat(fake.opened).hasValue(openings);
    fake.registers.put("b/level", new Value.Int(10));
    fake.down = false;
    rig.runFor(Duration.ofMinutes(2));
    assertThat(rig.status("b").state()).isEqualTo(State.ONLINE);
    assertThat(rig.status("b").missedPolls()).isZero();
  }

  @Test
  void aNeighbourAtTheEndpointNoticesNothing() {
    FakeLine other = new FakeLine(clock);
    other.registers.put("n/level", new Value.Int(500));
    start("a");
    rig.with("two", other, Specs.device("two", "n"));
    rig.runFor(Duration.ofSeconds(10));
    rig.change("line", devices("b"));
    rig.runFor(Duration.ofSeconds(10));
    assertThat(other.opened).hasValue(1);
    assertThat(rig.status("n").polls()).isEqualTo(10);
    assertThat(rig.status("n").missedPolls()).isZero();
  }

  @Test
  void aBusIsNoLongerOverloadedWhenTheDevicesThatWereTooManyAreGone() {
    String[] many = IntStream.range(0, 120).mapToObj(i -> "u" + i).toArray(String[]::new);
    start(many); // 120 × 20 ms do not fit into 2 s
    rig.runFor(Duration.ofMinutes(3));
    assertThat(rig.work().status(rig.line("line")).overloaded()).isTrue();
    rig.change("line", devices("u0", "u1"));
    rig.runFor(Duration.ofMinutes(3));
    assertThat(rig.work().status(rig.line("line")).overloaded()).isFalse();
    assertThat(rig.events()).contains("bus-relieved");
  }

  @Test
  void pollsThatCameTooLateAreCounted() {
    start("a");
    rig.runFor(Duration.ofSeconds(3));
    clock.advance(Duration.ofSeconds(7));
    rig.runFor(Duration.ofSeconds(3));
    assertThat(rig.status("a").missedPolls()).isEqualTo(3);
  }
}
