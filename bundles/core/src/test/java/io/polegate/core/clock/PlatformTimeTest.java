package io.polegate.core.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.ClockSpec.Trust;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.data.Value;
import io.polegate.api.time.ClockStatus.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a platform's word about the time. */
final class PlatformTimeTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final String WHO = "uplink \"city\"";

  @TempDir Path folder;

  private ClockRig lost() {
    return ClockRig.at(folder, "1970-01-01T00:00:30Z");
  }

  @Test
  void whereNobodyElseKnowsItIsTakenAndRunsOnEvenly() {
    ClockRig rig = lost();
    rig.time.heard(NOON, WHO);
    assertThat(rig.time.status().source()).isEqualTo(Source.PLATFORM);
    assertThat(rig.told()).containsExactly("clock-untrusted", "clock-trusted");
    assertThat(rig.last("by")).isEqualTo(new Value.Text(WHO));
    rig.pass(Duration.ofMinutes(1));
    rig.set(Instant.parse("1980-01-01T00:00:00Z"));
    assertThat(rig.time.now()).isEqualTo(new SampleTime(NOON.plusSeconds(60), TimeQuality.TRUSTED));
  }

  @Test
  void aSystemClockThatAgreesIsMoreExactThanAMessage() {
    ClockRig rig = ClockRig.at(folder, NOON.toString(), ClockRig.NOT_YET);
    rig.time.heard(NOON.minusSeconds(45), WHO);
    assertThat(rig.time.instant()).isEqualTo(NOON);
    assertThat(rig.time.status().source()).isEqualTo(Source.PLATFORM);
  }

  @Test
  void whoVouchesBetterIsNotContradicted() {
    ClockRig rig = ClockRig.at(folder, NOON.toString(), ClockRig.GOOD);
    rig.time.heard(NOON.plus(Duration.ofHours(3)), WHO);
    assertThat(rig.time.instant()).isEqualTo(NOON);
    assertThat(rig.told()).isEmpty();
  }

  @Test
  void aTimeThatCannotBeIsNotTaken() {
    ClockRig rig = lost();
    for (Instant said :
        new Instant[] {
          Instant.MIN,
          Instant.EPOCH,
          Instant.parse("2025-12-31T23:59:59Z"),
          Instant.parse("2090-01-01T00:00:00Z"),
          Instant.MAX
        }) {
      rig.time.heard(said, WHO);
    }
    assertThat(rig.time.status().trusted()).isFalse();
  }

  @Test
  void whatIsSaidAgainChangesNothingUnlessItIsFarOff() {
    ClockRig rig = lost();
    rig.time.heard(NOON, WHO);
    rig.time.heard(NOON.plusSeconds(50), WHO);
    assertThat(rig.time.instant()).isEqualTo(NOON);
    rig.time.heard(NOON.plusSeconds(90), WHO);
    assertThat(rig.time.instant()).isEqualTo(NOON.plusSeconds(90));
    assertThat(rig.told()).containsExactly("clock-untrusted", "clock-trusted", "clock-stepped");
  }

  @Test
  void aTimeServiceTakesOver() {
    ClockRig rig = lost();
    rig.time.heard(NOON, WHO);
    rig.services = ClockRig.GOOD;
    rig.set(NOON.plusSeconds(10));
    assertThat(rig.time.status().source()).isEqualTo(Source.SYSTEM);
    assertThat(rig.time.instant()).isEqualTo(NOON.plusSeconds(10));
    assertThat(rig.last("seconds")).isEqualTo(new Value.Real(10));
  }

  @Test
  void ofADateAloneThePlatformIsTheBetterJudgeUnlessTheDocumentSaysOtherwise() {
    ClockRig rig = lost();
    rig.time.heard(NOON, WHO);
    rig.set(Instant.parse("2026-11-05T00:00:00Z"));
    assertThat(rig.time.instant()).isEqualTo(NOON);
    rig.time.trust(Trust.FLOOR);
    assertThat(rig.time.instant()).isEqualTo("2026-11-05T00:00:00Z");
  }

  @Test
  void itNeverRaisesTheFloor() {
    ClockRig rig = lost();
    rig.time.heard(Instant.parse("2050-01-01T00:00:00Z"), WHO);
    rig.pass(Duration.ofHours(1));
    rig.time.end();
    rig.start("boot-2", Duration.ofSeconds(40));
    rig.time.heard(NOON, WHO);
    assertThat(rig.time.instant()).isEqualTo(NOON);
  }
}
