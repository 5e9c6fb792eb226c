package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.command.CommandResult;
import io.polegate.api.command.CommandStatus;
import io.polegate.api.data.BadReason;
import io.polegate.api.data.Reading;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.live.DeviceStatus.State;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a bus does about endpoints, devices and plugins that misbehave. */
final class BusTroubleTest {
  static List<Throwable> anything() {
    return List.of(
        new IllegalStateException("bug"),
        new NoClassDefFoundError("gone"),
        new AssertionError("odd"),
        new StackOverflowError(),
        new IOException("undeclared"));
  }

  @ParameterizedTest
  @MethodSource("anything")
  void aDriverThatThrowsAnythingAlsoFromCloseCostsItsBusARestart(Throwable thrown) {
    LineRig rig = new LineRig("lamp");
    rig.runFor(Duration.ofSeconds(5));
    rig.fake.thrown = thrown;
    rig.runFor(Duration.ofSeconds(5));
    assertThat(rig.busStatus().open()).isFalse();
    assertThat(rig.busStatus().message()).startsWith("the driver failed");
    assertThat(rig.status("lamp").state()).isEqualTo(State.OFFLINE);
    rig.fake.thrown = null;
    rig.runFor(Duration.ofMinutes(1));
    assertThat(rig.status("lamp").state()).isEqualTo(State.ONLINE);
  }

  @ParameterizedTest
  @MethodSource("anything")
  void aCommandIsAnsweredOnceWhateverTheDriverThrows(Throwable thrown) {
    LineRig rig = new LineRig("lamp");
    rig.runFor(Duration.ofSeconds(5));
    rig.fake.thrown = thrown;
    rig.command("c1", "lamp", 42, Duration.ofMinutes(1));
    rig.work.step();
    assertThat(rig.results)
        .extracting(CommandResult::status)
        .containsExactly(CommandStatus.UNCONFIRMED);
  }

  @Test
  void anEndpointThatOpensAndBreaksAtOnceIsReportedOnce() {
    LineRig rig = new LineRig("a");
    rig.fake.breaksOnRead = true;
    rig.runFor(Duration.ofHours(1));
    assertThat(rig.busEvents()).containsExactly("bus-down");
    assertThat(rig.events("a")).containsExactly("device-offline");
    rig.fake.breaksOnRead = false;
    rig.runFor(Duration.ofMinutes(2));
    assertThat(rig.busEvents()).containsExactly("bus-down", "bus-open");
    assertThat(rig.events("a")).containsExactly("device-offline", "device-online");
  }

  @Test
  void anEndpointThatBreaksAfterEachAnswerIsRetriedWithGrowingPauses() {
    LineRig rig = new LineRig("a");
    for (int second = 0; second < 3600; second++) {
      rig.fake.breaksOnRead = rig.busStatus().open() && rig.status("a").state() == State.ONLINE;
      rig.runFor(Duration.ofSeconds(1));
    }
    assertThat(rig.busEvents()).hasSizeBetween(100, 150);
  }

  @Test
  void aBusThatStoodForAWhileIsRetriedSoon() {
    LineRig rig = new LineRig("a");
    rig.fake.down = true;
    rig.runFor(Duration.ofMinutes(10));
    rig.fake.down = false;
    rig.runFor(Duration.ofMinutes(3));
    rig.fake.down = true;
    rig.runFor(Duration.ofSeconds(3));
    rig.fake.down = false;
    rig.runFor(Duration.ofSeconds(3));
    assertThat(rig.status("a").state()).isEqualTo(State.ONLINE);
  }

  @Test
  void aDeviceIsLeftAloneForAsLongAsItsTimeOutTook() {
    LineRig rig = new LineRig("dead");
    rig.fake.timeout = Duration.ofSeconds(5);
    rig.fake.silent.add("dead");
    rig.runFor(Duration.ofMinutes(5));
    // from start to start: the time-out and the pause
    assertThat(rig.fake.intervals("dead"))
        .hasSizeGreaterThan(5)
        .allMatch(interval -> interval.compareTo(Duration.ofSeconds(10)) >= 0);
  }

  @Test
  void aCommandThatTimedOutKeepsThePollsAwayAsWell() {
    LineRig rig = new LineRig("lamp");
    rig.runFor(Duration.ofSeconds(5));
    rig.fake.timeout = Duration.ofSeconds(10);
    rig.fake.silent.add("lamp");
    rig.fake.reads.clear();
    rig.command("c1", "lamp", 42, Duration.ofMinutes(1));
    rig.runFor(Duration.ofSeconds(19));
    assertThat(rig.fake.reads).isEmpty();
    rig.runFor(Duration.ofSeconds(2));
    assertThat(rig.fake.reads).hasSize(1);
  }

  @Test
  void onAFullBusEachHealthyDeviceWaitsForOneTimeoutAtMost() {
    String[] units =
        IntStream.range(0, 140)
            .mapToObj(i -> i % 7 == 0 ? "dead" + i : "u" + i)
            .toArray(String[]::new);
    LineRig rig = new LineRig(units); // 120 × 20 ms do not fit into 2 s
    IntStream.range(0, 140).filter(i -> i % 7 == 0).forEach(i -> rig.fake.silent.add("dead" + i));
    rig.runFor(Duration.ofMinutes(3));
    rig.fake.reads.clear();
    rig.runFor(Duration.ofMinutes(10));
    Duration round = FakeLine.ANSWER.multipliedBy(2 * 120);
    assertThat(rig.fake.intervals("u8"))
        .allMatch(interval -> interval.compareTo(round.plus(FakeLine.TIMEOUT)) <= 0);
    assertThat(rig.fake.intervals("dead7")).isNotEmpty();
  }

  @Test
  void commandsForDeadDevicesLetEveryoneBeReadInBetween() {
    String[] units =
        IntStream.range(0, 20).mapToObj(i -> i < 10 ? "dead" + i : "u" + i).toArray(String[]::new);
    LineRig rig = new LineRig(units);
    IntStream.range(0, 10).forEach(i -> rig.fake.silent.add("dead" + i));
    rig.runFor(Duration.ofMinutes(2));
    rig.fake.reads.clear();
    for (int i = 0; i < 10; i++) {
      rig.command("c" + i, "dead" + i, 10, Duration.ofMinutes(1));
    }
    rig.runFor(Duration.ofSeconds(30));
    assertThat(rig.results).hasSize(10);
    Duration bound = LineRig.POLL.plus(FakeLine.TIMEOUT).plus(FakeLine.ANSWER.multipliedBy(2 * 10));
    for (int i = 10; i < 20; i++) {
      assertThat(rig.fake.intervals("u" + i)).allMatch(x -> x.compareTo(bound) <= 0);
    }
  }

  @Test
  void aNumberBeyondAllBoundsIsABadReadingAndNoBrokenBus() {
    LineRig rig = new LineRig("a");
    rig.fake.registers.put("a/level", new Value.Int(Long.MAX_VALUE));
    rig.runFor(Duration.ofSeconds(3));
    assertThat(rig.busStatus().open()).isTrue();
    assertThat(rig.journal)
        .filteredOn(JournalItem.PointReading.class::isInstance)
        .extracting(item -> ((JournalItem.PointReading) item).reading())
        .allMatch(r -> r instanceof Reading.Bad bad && bad.reason() == BadReason.OUT_OF_RANGE);
  }
}
