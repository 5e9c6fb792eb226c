package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.command.CommandResult;
import io.polegate.api.command.CommandStatus;
import io.polegate.api.data.BadReason;
import io.polegate.api.data.Reading;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.live.DeviceStatus.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BusLineTest {
  private static final Duration MINUTES = Duration.ofMinutes(5);

  @Test
  void everyDeviceIsReadAtItsInterval() {
    LineRig rig = new LineRig("a", "b", "c");
    rig.runFor(MINUTES);
    for (String unit : List.of("a", "b", "c")) {
      assertThat(rig.fake.intervals(unit)).hasSizeGreaterThan(140).containsOnly(LineRig.POLL);
    }
  }

  @Test
  void silentDeviceDelaysItsNeighboursByAtMostOneTimeout() {
    LineRig rig = new LineRig("a", "b", "dead");
    rig.fake.silent.add("dead");
    rig.runFor(MINUTES);
    assertThat(rig.fake.intervals("a"))
        .hasSizeGreaterThan(140)
        .allMatch(BusLineTest::isWithinOneTimeout);
    assertThat(rig.fake.intervals("b"))
        .hasSizeGreaterThan(140)
        .allMatch(BusLineTest::isWithinOneTimeout);
  }

  @Test
  void twentyDeadDevicesDelayAHealthyOneByAtMostOneTimeout() {
    String[] units =
        IntStream.range(0, 21)
            .mapToObj(i -> i == 7 ? "healthy" : "dead" + i)
            .toArray(String[]::new);
    LineRig rig = new LineRig(units);
    for (String unit : units) {
      if (unit.startsWith("dead")) {
        rig.fake.silent.add(unit);
      }
    }
    rig.runFor(Duration.ofMinutes(2)); // the first probes of all are behind us
    rig.fake.reads.clear();
    rig.runFor(Duration.ofHours(1));
    assertThat(rig.fake.intervals("healthy"))
        .hasSizeGreaterThan(1_700)
        .allMatch(BusLineTest::isWithinOneTimeout);
  }

  private static boolean isWithinOneTimeout(Duration interval) {
    Duration slack = FakeLine.TIMEOUT.plus(FakeLine.ANSWER.multipliedBy(2));
    return interval.minus(LineRig.POLL).abs().compareTo(slack) <= 0;
  }

  @Test
  void silentDeviceIsAskedLessAndLessAndComesBackByItself() {
    LineRig rig = new LineRig("a", "dead");
    rig.fake.silent.add("dead");
    rig.runFor(Duration.ofMinutes(10));
    assertThat(rig.fake.intervals("dead")).hasSizeLessThan(20);
    assertThat(rig.status("dead").state()).isEqualTo(State.OFFLINE);
    rig.fake.silent.clear();
    rig.runFor(Duration.ofSeconds(61));
    assertThat(rig.status("dead").state()).isEqualTo(State.ONLINE);
    assertThat(rig.events("dead")).containsExactly("device-offline", "device-online");
  }

  @Test
  void fullBusStillNoticesThatADeviceIsBack() {
    String[] units = IntStream.range(0, 120).mapToObj(i -> "u" + i).toArray(String[]::new);
    LineRig rig = new LineRig(units); // 120 × 20 ms do not fit into 2 s
    rig.fake.silent.add("u5");
    rig.runFor(Duration.ofMinutes(3));
    rig.fake.silent.clear();
    rig.runFor(Duration.ofMinutes(3));
    assertThat(rig.status("u5").state()).isEqualTo(State.ONLINE);
  }

  @Test
  void oneLostFrameMakesABadReadingButNoEvent() {
    LineRig rig = new LineRig("a");
    rig.runFor(Duration.ofSeconds(3));
    rig.fake.silent.add("a");
    rig.runFor(Duration.ofSeconds(2));
    rig.fake.silent.clear();
    rig.runFor(Duration.ofSeconds(10));
    assertThat(rig.events("a")).isEmpty();
    assertThat(badReasons(rig)).containsExactly(BadReason.DEVICE_SILENT);
  }

  @Test
  void silenceIsJournalledOncePerPointNotOncePerTry() {
    LineRig rig = new LineRig("a");
    rig.fake.silent.add("a");
    rig.runFor(Duration.ofMinutes(30));
    assertThat(badReasons(rig)).containsExactly(BadReason.DEVICE_SILENT);
  }

  private static List<BadReason> badReasons(LineRig rig) {
    return rig.journal.stream()
        .filter(JournalItem.PointReading.class::isInstance)
        .map(item -> ((JournalItem.PointReading) item).reading())
        .filter(Reading.Bad.class::isInstance)
        .map(reading -> ((Reading.Bad) reading).reason())
        .toList();
  }

  @Test
  void busThatIsDownIsRetriedWithGrowingPausesAndReportedOnce() {
    LineRig rig = new LineRig("a", "b");
    rig.fake.down = true;
    rig.runFor(Duration.ofMinutes(10));
    assertThat(rig.fake.opened.get()).isBetween(10, 18);
    assertThat(rig.busStatus().open()).isFalse();
    assertThat(rig.busStatus().message()).isEqualTo("no port");
    assertThat(rig.status("a").state()).isEqualTo(State.OFFLINE);
    assertThat(rig.events("a")).containsExactly("device-offline");
    rig.fake.down = false;
    rig.runFor(Duration.ofSeconds(61));
    assertThat(rig.status("a").state()).isEqualTo(State.ONLINE);
    assertThat(rig.status("b").state()).isEqualTo(State.ONLINE);
  }

  @Test
  void commandIsWrittenInRawUnitsAndProvedByReadingBack() {
    LineRig rig = new LineRig("lamp");
    rig.runFor(Duration.ofSeconds(1));
    assertThat(rig.command("c1", "lamp", 42.5, Duration.ofSeconds(5))).isTrue();
    rig.runFor(Duration.ofMillis(100));
    assertThat(rig.fake.registers).containsEntry("lamp/level", new Value.Int(425));
    assertThat(rig.results)
        .extracting(CommandResult::id, CommandResult::status, CommandResult::value)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "c1", CommandStatus.DONE, Optional.of(new Value.Real(42.5))));
  }

  @Test
  void commandThatHasNoEffectIsUnconfirmedWithWhatThePointShows() {
    LineRig rig = new LineRig("lamp");
    rig.fake.ignoresWrites = true;
    rig.command("c1", "lamp", 42.5, Duration.ofSeconds(5));
    rig.runFor(Duration.ofSeconds(1));
    assertThat(rig.results.get(0).status()).isEqualTo(CommandStatus.UNCONFIRMED);
    assertThat(rig.results.get(0).value()).contains(new Value.Real(50));
  }

  @Test
  void commandThatTheDeviceRefusesFailsWithItsWords() {
    LineRig rig = new LineRig("lamp");
    rig.fake.refusing.add("lamp");
    rig.command("c1", "lamp", 42.5, Duration.ofSeconds(5));
    rig.runFor(Duration.ofSeconds(1));
    assertThat(rig.results.get(0).status()).isEqualTo(CommandStatus.FAILED);
    assertThat(rig.results.get(0).message()).isEqualTo("exception 3: illegal data value");
  }

  @Test
  void commandWhoseDeadlinePassesInTheQueueNeverActs() {
    LineRig rig = new LineRig("lamp");
    rig.command("late", "lamp", 0, Duration.ofMillis(50));
    rig.clock.advance(Duration.ofMillis(51));
    rig.runFor(Duration.ofSeconds(1));
    assertThat(rig.fake.writes).isEmpty();
    assertThat(rig.results.get(0).status()).isEqualTo(CommandStatus.REFUSED);
  }

  @Test
  void commandsForADeadDeviceCostOneTimeoutTogether() {
    LineRig rig = new LineRig("a", "dead");
    rig.fake.silent.add("dead");
    rig.runFor(Duration.ofMinutes(1));
    for (int i = 0; i < 10; i++) {
      rig.command("c" + i, "dead", 10, Duration.ofMinutes(1));
    }
    rig.runFor(Duration.ofSeconds(5));
    assertThat(rig.fake.writes).hasSize(1);
    assertThat(rig.results).hasSize(10);
    assertThat(rig.results.get(0).status()).isEqualTo(CommandStatus.UNCONFIRMED);
    assertThat(rig.results.subList(1, 10)).allMatch(r -> r.status() == CommandStatus.FAILED);
  }

  @Test
  void floodOfCommandsStopsNoPolling() {
    LineRig rig = new LineRig("lamp", "b");
    Duration start = Duration.ofNanos(rig.clock.monotonic().getAsLong());
    for (int second = 0; second < 60; second++) {
      for (int i = 0; i < CommandQueue.MOST_WAITING; i++) {
        rig.command("c" + second + "-" + i, "lamp", i, Duration.ofMinutes(1));
      }
      rig.runFor(Duration.ofSeconds(1));
    }
    assertThat(rig.fake.intervals("b")).hasSizeGreaterThan(25).allMatch(i -> i.toMillis() < 3_000);
    assertThat(Duration.ofNanos(rig.clock.monotonic().getAsLong()).minus(start))
        .isGreaterThan(Duration.ofMinutes(1));
  }

  @Test
  void queueOfCommandsIsBounded() {
    LineRig rig = new LineRig("lamp");
    for (int i = 0; i < CommandQueue.MOST_WAITING; i++) {
      assertThat(rig.command("c" + i, "lamp", 1, Duration.ofMinutes(1))).isTrue();
    }
    assertThat(rig.command("one-more", "lamp", 1, Duration.ofMinutes(1))).isFalse();
  }

  @Test
  void commandOnABusThatIsDownFailsAtOnce() {
    LineRig rig = new LineRig("lamp");
    rig.fake.down = true;
    rig.runFor(Duration.ofSeconds(1));
    rig.command("c1", "lamp", 1, Duration.ofMinutes(1));
    rig.work.step();
    assertThat(rig.results.get(0).status()).isEqualTo(CommandStatus.FAILED);
    assertThat(rig.results.get(0).message()).contains("line").contains("no port");
  }

  @Test
  void clockStepsDisturbNoPolling() {
    LineRig rig = new LineRig("a");
    rig.runFor(Duration.ofSeconds(10));
    rig.clock.setWall(rig.clock.instant().minus(Duration.ofDays(3)));
    rig.runFor(Duration.ofSeconds(10));
    rig.clock.setWall(rig.clock.instant().plus(Duration.ofDays(30)));
    rig.runFor(Duration.ofSeconds(10));
    assertThat(rig.fake.intervals("a")).hasSize(14).containsOnly(LineRig.POLL);
  }

  @Test
  void stopAnswersWhatStillWaits() {
    LineRig rig = new LineRig("lamp");
    rig.command("c1", "lamp", 1, Duration.ofMinutes(1));
    rig.work.stopped();
    assertThat(rig.results).extracting(CommandResult::status).containsExactly(CommandStatus.FAILED);
    assertThat(rig.fake.writes).isEmpty();
  }
}
