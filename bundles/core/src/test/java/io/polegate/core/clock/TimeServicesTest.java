package io.polegate.core.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.core.clock.TimeWord.State;
import io.polegate.testkit.HandClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the system says about its time, by files and a program as they are on Debian. */
final class TimeServicesTest {
  /** Of chrony 4.3 on a machine that follows a server. */
  private static final String GOOD =
      "C0A80101,192.168.1.1,3,1793534400.123456789,0.000012345,-0.000023456,0.000034567,"
          + "-12.345,0.001,0.012,0.012345678,0.001234567,64.5,Normal";

  @TempDir Path folder;
  private final HandClock clock = new HandClock();

  private TimeServices services(String... chronyc) {
    return new TimeServices(folder, new Chrony(List.of(chronyc)), clock.monotonic());
  }

  /** A program that says this and counts its runs. */
  private String[] saying(String line) {
    return new String[] {
      "/bin/sh", "-c", "echo run >> " + folder.resolve("runs") + "; echo '" + line + "'"
    };
  }

  private int runs() throws IOException {
    return Files.readAllLines(folder.resolve("runs")).size();
  }

  private void chronyRuns() throws IOException {
    Files.createDirectories(folder.resolve("chrony"));
  }

  @Test
  void withoutTracesOfAServiceThereIsNobody() {
    assertThat(services("/none").ask(false)).isEqualTo(TimeWord.NOBODY);
  }

  @Test
  void timesyncdTellsByAFile() throws IOException {
    Path timesync = Files.createDirectories(folder.resolve("systemd/timesync"));
    TimeServices services = services("/none");
    assertThat(services.ask(false).state()).isEqualTo(State.NOT_YET);
    Files.createFile(timesync.resolve("synchronized"));
    assertThat(services.ask(false))
        .isEqualTo(new TimeWord(State.SYNCHRONISED, "systemd-timesyncd"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        GOOD + "; SYNCHRONISED",
        "00000000,,0,0.000000000,0,0,0,0,0,0,1,1,0,Not synchronised; NOT_YET",
        "7F7F0101,,10,1793534400.0,0,0,0,0,0,0,0,0,0,Normal; NOT_YET",
        "506 Cannot talk to daemon; NOT_YET",
        "C0A80101,a,16,1,0,0,0,0,0,0,0,0,0,Normal; NOT_YET",
        "C0A80101,a,2,1,0,0,0,0,0,0,0,0,0,Insert second; SYNCHRONISED",
        ",,,,,,,,,,,,,; NOT_YET"
      })
  void chronyIsAskedByItsProgram(String line, State state) throws IOException {
    chronyRuns();
    assertThat(services(saying(line)).ask(false).state()).isEqualTo(state);
  }

  @Test
  void aProgramThatIsNotThereOrHangsOrBabblesIsNoWord() throws IOException {
    chronyRuns();
    assertThat(services("/none/chronyc").ask(false).message())
        .startsWith("chrony runs but cannot be asked");
    assertThat(services("/bin/sleep", "60").ask(false).message())
        .isEqualTo("chronyc does not answer");
    assertThat(services("/bin/sh", "-c", "yes ,").ask(false).state()).isEqualTo(State.NOT_YET);
    assertThat(services("/bin/false").ask(false).state()).isEqualTo(State.NOT_YET);
  }

  @Test
  void theProgramIsNotStartedMoreOftenThanNeeded() throws IOException {
    chronyRuns();
    TimeServices waiting = services(saying("506 Cannot talk to daemon"));
    for (int i = 0; i < 32; i++) {
      waiting.ask(false);
      clock.advance(Duration.ofSeconds(2));
    }
    assertThat(runs()).isEqualTo(4);
    TimeServices synchronised = services(saying(GOOD));
    for (int i = 0; i < 240; i++) {
      assertThat(synchronised.ask(false).isSynchronised()).isTrue();
      clock.advance(Duration.ofSeconds(2));
    }
    assertThat(runs()).isEqualTo(4 + 2);
  }

  @Test
  void afterAStepItIsAskedAnew() throws IOException {
    chronyRuns();
    TimeServices services = services(saying(GOOD));
    assertThat(services.ask(false).isSynchronised()).isTrue();
    clock.advance(Duration.ofSeconds(2));
    assertThat(services.ask(true).isSynchronised()).as("too soon to ask").isFalse();
    clock.advance(Duration.ofSeconds(16));
    assertThat(services.ask(true).isSynchronised()).isTrue();
    assertThat(runs()).isEqualTo(2);
  }

  @Test
  void theKernelOfThisMachineTellsItsBoot() {
    Boot boot = Boot.of(Path.of("/proc"));
    assertThat(boot.id()).hasSize(36).isEqualTo(Boot.of(Path.of("/proc")).id());
    assertThat(boot.uptime()).isPositive();
    assertThat(Boot.of(folder).uptime()).as("where there is no kernel to ask").isZero();
  }
}
