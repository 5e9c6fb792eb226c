package io.polegate.core.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.ClockSpec.Trust;
import io.polegate.api.data.TimeQuality;
import io.polegate.testkit.HandClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What outlives the process, and what it is worth. */
final class FloorTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  @TempDir Path folder;

  @Test
  void theNewestTrustedTimeIsTheFloorOfTheNextStart() {
    ClockRig rig = ClockRig.at(folder, NOON.toString());
    rig.pass(Duration.ofMinutes(25));
    rig.clock.setWall(NOON.plus(Duration.ofMinutes(5)));
    rig.start("boot-2", Duration.ofSeconds(40));
    assertThat(rig.time.now().quality()).isEqualTo(TimeQuality.UNTRUSTED);
    assertThat(rig.time.instant()).isEqualTo(NOON.plus(Duration.ofMinutes(20)));
    assertThat(rig.time.status().floor()).isEqualTo(NOON.plus(Duration.ofMinutes(20)));
  }

  @Test
  void anOrderlyEndRemembersToTheSecond() {
    ClockRig rig = ClockRig.at(folder, NOON.toString());
    rig.pass(Duration.ofSeconds(90));
    rig.time.end();
    assertThat(new FloorFile(rig.file).read())
        .contains(new FloorFile.Memory(NOON.plusSeconds(90), Trust.AUTO));
  }

  @Test
  void theFlashIsWrittenEveryTenMinutesAtMost() throws IOException {
    ClockRig rig = ClockRig.at(folder, NOON.toString());
    Set<String> contents = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      rig.pass(Duration.ofMinutes(1));
      if (Files.exists(rig.file)) {
        contents.add(Files.readString(rig.file));
        Files.setLastModifiedTime(rig.file, FileTime.fromMillis(0));
      }
    }
    assertThat(contents).hasSize(6);
  }

  @Test
  void aTimeThatWasSteppedToIsRememberedOnlyWhenItHasStood() {
    ClockRig rig = ClockRig.at(folder, NOON.toString());
    rig.set(NOON.plus(Duration.ofDays(1000)));
    rig.pass(Duration.ofMinutes(9));
    rig.time.end();
    rig.set(NOON.plus(Duration.ofMinutes(9)));
    assertThat(rig.time.status().trusted()).isTrue();
    assertThat(rig.time.instant()).isEqualTo(NOON.plus(Duration.ofMinutes(9)));
  }

  @Test
  void aTimeServicePutsAFloorRightThatWasTooHigh() {
    ClockRig rig = ClockRig.at(folder, NOON.plus(Duration.ofDays(1000)).toString());
    rig.pass(Duration.ofMinutes(20));
    rig.set(NOON);
    assertThat(rig.time.status().trusted()).isFalse();
    rig.services = ClockRig.GOOD;
    rig.pass(Duration.ofMinutes(20));
    assertThat(rig.time.now().quality()).isEqualTo(TimeQuality.TRUSTED);
    rig.time.end();
    rig.services = TimeWord.NOBODY;
    rig.start("boot-2", Duration.ofSeconds(40));
    assertThat(rig.time.now().quality()).isEqualTo(TimeQuality.TRUSTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "2027-01-01T00:00:00Z AUTO 12345678\n",
        "2027-01-01T00:00:00Z AUTO",
        "+999999999-01-01T00:00:00Z AUTO 0",
        "\u0000\u0000\u0000\u0000"
      })
  void whatOthersWroteIsAsGoodAsNothing(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("clock"), content);
    assertThat(new FloorFile(file).read()).isEmpty();
    assertThat(ClockRig.at(folder, NOON.toString()).time.instant()).isEqualTo(NOON);
  }

  @Test
  void aFileThatWasCutOrChangedAnywhereIsNotBelieved() throws IOException {
    Path file = folder.resolve("clock");
    new FloorFile(file).write(new FloorFile.Memory(NOON, Trust.SYNCHRONISED));
    byte[] good = Files.readAllBytes(file);
    Random random = new Random(5);
    for (int i = 0; i < good.length - 1; i++) {
      byte[] changed = good.clone();
      changed[i] ^= (byte) (1 + random.nextInt(254));
      Files.write(file, changed);
      assertThat(new FloorFile(file).read()).as("byte " + i).isEmpty();
      Files.write(file, java.util.Arrays.copyOf(good, i));
      assertThat(new FloorFile(file).read()).as("cut at " + i).isEmpty();
    }
  }

  @Test
  void aDateThatNoPoleLivesToSeeIsNotAFloor() throws IOException {
    Path file = folder.resolve("clock");
    new FloorFile(file)
        .write(new FloorFile.Memory(Instant.parse("2099-01-01T00:00:00Z"), Trust.AUTO));
    ClockRig rig = ClockRig.at(folder, NOON.toString());
    assertThat(rig.time.now().quality()).isEqualTo(TimeQuality.TRUSTED);
  }

  @Test
  void aFolderThatCannotBeWrittenStopsNothing() {
    HandClock clock = new HandClock(NOON);
    Floor floor = new Floor(new FloorFile(folder.resolve("none/clock")), clock.monotonic());
    floor.rememberNow(NOON);
    assertThat(floor.instant()).isEqualTo(NOON);
    assertThat(new FloorFile(folder.resolve("none/clock")).read()).isEqualTo(Optional.empty());
  }
}
