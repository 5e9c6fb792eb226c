package io.polegate.driver.gpio;

import static io.polegate.driver.gpio.GpioTest.bool;
import static io.polegate.driver.gpio.GpioTest.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every write to sysfs that concerns outputs, because a wrong one switches a lamp. */
class LinuxfsOutputsTest {
  private static final Settings LAMP = settings("line", "6", "mode", "output");

  @TempDir Path folder = Path.of("");
  private FakeKernel kernel;

  @BeforeEach
  void boot() throws IOException {
    kernel = new FakeKernel(folder);
  }

  @Test
  void outputsKeepTheirLevelWithoutAGlitchWhenTheGatewayRestarts() throws Exception {
    for (boolean on : new boolean[] {true, false}) {
      int line = on ? 6 : 7;
      kernel.drive(line, on);
      for (int start = 0; start < 2; start++) {
        try (Driver driver = driver()) {
          Point lamp = driver.point(Settings.NONE, settings("line", "" + line, "mode", "output"));
          driver.open();
          assertThat(driver.read(List.of(lamp))).containsExactly(bool(on));
        }
        assertThat(kernel.level(line)).isEqualTo(on);
      }
      String direction = "gpio" + (512 + line) + "/direction=" + (on ? "high" : "low");
      assertThat(kernel.writes)
          .as("nothing but the level that it had, and never given back")
          .containsExactly(
              "gpio" + (512 + line) + "/edge=none",
              direction,
              "gpio" + (512 + line) + "/edge=none",
              direction);
      kernel.writes.clear();
    }
  }

  @Test
  void aLineThatNobodyExportedBeginsLowAndStaysExported() throws Exception {
    try (Driver driver = driver()) {
      Point lamp = driver.point(Settings.NONE, LAMP);
      driver.open();
      driver.write(lamp, new Value.Bool(true));
      assertThat(kernel.level(6)).isTrue();
    }
    assertThat(kernel.writes)
        .containsExactly(
            "gpio/export=518",
            "gpio518/edge=none",
            "gpio518/direction=low",
            "gpio518/direction=high");
    assertThat(kernel.level(6)).isTrue();
  }

  @Test
  void startAndSafeLevelsAreDrivenWhereTheyAreWritten() throws Exception {
    Settings settings =
        settings("line", "6", "mode", "output", "active", "low", "start", "on", "safe", "off");
    kernel.drive(6, true);
    try (Driver driver = driver()) {
      Point lamp = driver.point(Settings.NONE, settings);
      driver.open();
      assertThat(kernel.level(6)).as("on is low").isFalse();
      assertThat(driver.read(List.of(lamp))).containsExactly(bool(true));
    }
    assertThat(kernel.level(6)).as("off is high").isTrue();
  }

  @Test
  void aLineOfTheNextChipIsNotTaken() throws Exception {
    try (Driver driver = driver()) {
      Point beyond = driver.point(Settings.NONE, settings("line", "54", "mode", "output"));
      driver.open();
      assertThat(driver.read(List.of(beyond)))
          .containsExactly(
              Sample.bad(
                  BadReason.DEVICE_REFUSED,
                  "line 54: its level cannot be known, write start: on or start: off"));
    }
    assertThat(kernel.writes).isEmpty();
  }

  @Test
  void whatSomebodyElseLeftIsPutRight() throws Exception {
    kernel.drive(6, true);
    Files.writeString(kernel.pin(6).resolve("active_low"), "1\n");
    Files.writeString(kernel.pin(6).resolve("edge"), "both\n");
    try (Driver driver = driver()) {
      Point lamp = driver.point(Settings.NONE, LAMP);
      driver.open();
      assertThat(driver.read(List.of(lamp))).containsExactly(bool(true));
    }
    assertThat(kernel.writes)
        .containsExactly("gpio518/active_low=0", "gpio518/edge=none", "gpio518/direction=high");
  }

  private Driver driver() {
    return new GpioDriver(new SysfsBoard(kernel.sysfs()), System::nanoTime);
  }
}
