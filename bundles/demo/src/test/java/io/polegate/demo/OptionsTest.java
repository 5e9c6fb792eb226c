package io.polegate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void nothingSaidRunsUntilStoppedOnTheUsualPorts() {
    assertThat(Options.parse()).isEqualTo(new Options.Run(Optional.empty(), 8080, 1883));
  }

  @Test
  void everyOptionCounts() {
    assertThat(Options.parse("--seconds", "20", "--http", "0", "--mqtt", "65535"))
        .isEqualTo(new Options.Run(Optional.of(Duration.ofSeconds(20)), 0, 65_535));
  }

  @Test
  void anImpossibleNumberIsRefusedByName() {
    assertThat(Options.parse("--seconds", "0"))
        .isEqualTo(new Options.Wrong("--seconds needs a number from 1 to 86400, not \"0\""));
    assertThat(Options.parse("--http", "65536")).isInstanceOf(Options.Wrong.class);
    assertThat(Options.parse("--mqtt", "-1")).isInstanceOf(Options.Wrong.class);
    assertThat(Options.parse("--mqtt", "99999999999")).isInstanceOf(Options.Wrong.class);
  }

  @Test
  void anUnknownOptionAndAMissingValueAreRefused() {
    assertThat(Options.parse("--minutes", "1"))
        .isEqualTo(new Options.Wrong("there is no option \"--minutes\""));
    assertThat(Options.parse("--http")).isInstanceOf(Options.Wrong.class);
  }

  @Test
  void helpIsHelp() {
    assertThat(Options.parse("--seconds", "5", "--help")).isEqualTo(new Options.Help());
  }
}
