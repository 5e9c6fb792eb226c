package io.polegate.core.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.ClockSpec.Trust;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.data.Value;
import io.polegate.api.time.ClockRun;
import io.polegate.api.time.ClockStatus.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the clock is trusted, and what it says until then. */
final class PoleTimeTest {
  private static final String NOON = "2026-11-01T12:00:00Z";
  private static final Instant LOST = Instant.parse("1970-01-01T00:00:30Z");

  @TempDir Path folder;

  private static SampleTime stamp(String instant, TimeQuality quality) {
    return new SampleTime(Instant.parse(instant), quality);
  }

  @Test
  void aDateThatCanBeRightIsTrustedFromTheFirstStampWhereNobodyElseKnows() {
    ClockRig rig = ClockRig.at(folder, NOON);
    assertThat(rig.time.now()).isEqualTo(stamp(NOON, TimeQuality.TRUSTED));
    assertThat(rig.time.status().source()).isEqualTo(Source.FLOOR);
    rig.pass(Duration.ofMinutes(1));
    assertThat(rig.time.now()).isEqualTo(stamp("2026-11-01T12:01:00Z", TimeQuality.TRUSTED));
    assertThat(rig.time.status().trustedFor()).contains(Duration.ofMinutes(1));
    assertThat(rig.told()).isEmpty();
  }

  @Test
  void aClockThatLostItsDateStartsAtTheFloorAndFollowsNoStep() {
    ClockRig rig = ClockRig.at(folder, LOST.toString());
    assertThat(rig.time.now()).isEqualTo(stamp("2026-01-01T00:00:00Z", TimeQuality.UNTRUSTED));
    assertThat(rig.time.status().message())
        .isEqualTo(
            "the system clock says 1970-01-01T00:00:30Z, which cannot be right after"
                + " 2026-01-01T00:00:00Z; no time service runs here");
    rig.pass(Duration.ofSeconds(10));
    rig.set(Instant.parse("1999-01-01T00:00:00Z"));
    assertThat(rig.time.now()).isEqualTo(stamp("2026-01-01T00:00:10Z", TimeQuality.UNTRUSTED));
    assertThat(rig.told()).containsExactly("clock-untrusted");
  }

  @Test
  void oneCorrectionMakesAllStampsOfARunRight() {
    ClockRig rig = ClockRig.at(folder, LOST.toString());
    rig.pass(Duration.ofSeconds(20));
    Instant early = rig.time.instant();
    rig.pass(Duration.ofMinutes(5));
    Instant later = rig.time.instant();
    rig.set(Instant.parse(NOON));
    Duration correction = rig.time.run().correction().orElseThrow();
    assertThat(later.plus(correction)).isEqualTo(NOON);
    assertThat(early.plus(correction)).isEqualTo("2026-11-01T11:55:00Z");
    assertThat(rig.told()).containsExactly("clock-untrusted", "clock-trusted");
    assertThat(rig.last("source")).isEqualTo(new Value.Text("floor"));
    assertThat(rig.last("seconds")).isEqualTo(new Value.Real(correction.toSeconds()));
  }

  @Test
  void runsOfOneBootHaveTheSameUptime() {
    ClockRig rig = ClockRig.at(folder, LOST.toString());
    ClockRun first = rig.time.run();
    Instant stampOfFirst = rig.time.instant();
    rig.pass(Duration.ofMinutes(3));
    rig.start("boot-1", Duration.ofSeconds(40).plusMinutes(3));
    rig.set(Instant.parse(NOON));
    ClockRun second = rig.time.run();
    assertThat(second.boot()).isEqualTo(first.boot());
    Duration correction =
        second.correction().orElseThrow().plus(Duration.between(first.zero(), second.zero()));
    assertThat(stampOfFirst.plus(correction)).isEqualTo("2026-11-01T11:57:00Z");
  }

  @Test
  void whereATimeServiceRunsItsWordIsWaitedFor() {
    ClockRig rig = ClockRig.at(folder, NOON, ClockRig.NOT_YET);
    assertThat(rig.time.now().quality()).isEqualTo(TimeQuality.UNTRUSTED);
    assertThat(rig.time.status().message())
        .isEqualTo("the service has no time, and no platform said what time it is");
    rig.services = ClockRig.GOOD;
    rig.set(Instant.parse("2026-11-01T15:00:00Z"));
    assertThat(rig.time.now()).isEqualTo(stamp("2026-11-01T15:00:00Z", TimeQuality.TRUSTED));
    assertThat(rig.time.status().source()).isEqualTo(Source.SYSTEM);
    assertThat(rig.last("by")).isEqualTo(new Value.Text("the service"));
    rig.services = TimeWord.NOBODY;
    rig.pass(Duration.ofHours(1));
    assertThat(rig.time.now()).isEqualTo(stamp("2026-11-01T16:00:00Z", TimeQuality.TRUSTED));
  }

  @Test
  void theDocumentSaysWhoHasToVouchAndTheNextStartKnowsIt() {
    ClockRig rig = ClockRig.at(folder, NOON);
    rig.time.trust(Trust.SYNCHRONISED);
    assertThat(rig.time.status().source()).isEqualTo(Source.NONE);
    assertThat(rig.time.now().quality())
        .as("it was right a moment ago, and time passed evenly since")
        .isEqualTo(TimeQuality.CORRECTED);
    rig.start("boot-1", Duration.ofMinutes(1));
    assertThat(rig.time.now().quality()).isEqualTo(TimeQuality.UNTRUSTED);
    rig.services = ClockRig.NOT_YET;
    rig.time.trust(Trust.FLOOR);
    assertThat(rig.time.status().source()).isEqualTo(Source.FLOOR);
  }

  @Test
  void stepsOfHoursAreFollowedAndToldWhileSomebodyVouches() {
    ClockRig rig = ClockRig.at(folder, NOON);
    rig.set(Instant.parse("2026-11-01T17:00:00Z"));
    assertThat(rig.time.now()).isEqualTo(stamp("2026-11-01T17:00:00Z", TimeQuality.TRUSTED));
    rig.set(Instant.parse("2026-11-01T14:00:00Z"));
    assertThat(rig.time.now()).isEqualTo(stamp("2026-11-01T14:00:00Z", TimeQuality.TRUSTED));
    assertThat(rig.told()).containsExactly("clock-stepped", "clock-stepped");
    assertThat(rig.last("from"))
        .isEqualTo(new Value.Int(Instant.parse("2026-11-01T17:00:00Z").toEpochMilli()));
    assertThat(rig.last("seconds")).isEqualTo(new Value.Real(-3 * 3600));
  }

  @Test
  void aClockThatIsSlewedDoesNotStep() {
    ClockRig rig = ClockRig.at(folder, NOON);
    for (int i = 0; i < 100; i++) {
      rig.clock.advance(ClockRig.LOOK);
      rig.clock.setWall(rig.clock.instant().plusMillis(500));
      rig.time.look();
    }
    assertThat(rig.told()).isEmpty();
    assertThat(rig.time.instant()).isEqualTo(rig.clock.instant());
  }

  @Test
  void aStepToBeforeTheFloorIsNotFollowedForAMoment() {
    ClockRig rig = ClockRig.at(folder, NOON);
    rig.pass(Duration.ofSeconds(10));
    rig.clock.setWall(LOST);
    rig.clock.advance(Duration.ofSeconds(1));
    SampleTime held = stamp("2026-11-01T12:00:11Z", TimeQuality.CORRECTED);
    assertThat(rig.time.now()).as("before anybody looked").isEqualTo(held);
    rig.time.look();
    assertThat(rig.time.now()).isEqualTo(held);
    assertThat(rig.time.status().trusted()).isFalse();
    assertThat(rig.told()).containsExactly("clock-untrusted");
    rig.set(Instant.parse("2026-11-01T12:00:12Z"));
    assertThat(rig.time.status().trusted()).isTrue();
  }

  @Test
  void aTimeServiceThatHasNoTimeAnyMoreDoesNotVouchForAStep() {
    ClockRig rig = ClockRig.at(folder, NOON, ClockRig.GOOD);
    rig.services = ClockRig.NOT_YET;
    rig.pass(Duration.ofHours(1));
    assertThat(rig.time.status().trusted()).as("it goes on as it was").isTrue();
    rig.set(rig.clock.instant().plus(Duration.ofHours(2)));
    assertThat(rig.time.now()).isEqualTo(stamp("2026-11-01T13:00:00Z", TimeQuality.CORRECTED));
  }

  @Test
  void devicesAreBelievedWhileTheClockIsTrustedAndTheyCanBeRight() {
    ClockRig rig = ClockRig.at(folder, NOON);
    Instant yesterday = Instant.parse("2026-10-31T00:00:00.000999Z");
    assertThat(rig.time.stamp(yesterday))
        .isEqualTo(stamp("2026-10-31T00:00:00Z", TimeQuality.TRUSTED));
    SampleTime own = stamp(NOON, TimeQuality.TRUSTED);
    assertThat(rig.time.stamp(LOST)).isEqualTo(own);
    assertThat(rig.time.stamp(Instant.parse("2026-11-02T12:00:01Z"))).isEqualTo(own);
    assertThat(rig.time.stamp(Instant.MAX)).isEqualTo(own);
    rig.set(LOST);
    assertThat(rig.time.stamp(yesterday)).isEqualTo(rig.time.now());
  }
}
