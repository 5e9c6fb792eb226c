package io.polegate.driver.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.driver.Driver;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be known without a Raspberry Pi: messages, and sysfs by a copy of its shape. */
class RaspberryBoardTest {
  @TempDir Path folder = Path.of("");
  private Path sys;

  @BeforeEach
  void makeSysfs() throws IOException {
    sys = folder.resolve("sys");
    Path parent = sys.resolve("devices/platform/soc/fe200000.gpio");
    write(parent.resolve("gpio/gpiochip512/base"), "512\n");
    Files.createDirectories(parent.resolve("gpiochip0"));
    Path bus = Files.createDirectories(sys.resolve("bus/gpio/devices"));
    Files.createSymbolicLink(bus.resolve("gpiochip0"), parent.resolve("gpiochip0"));
    write(sys.resolve("class/gpio/gpio529/direction"), "out\n");
    write(sys.resolve("class/gpio/gpio529/value"), "1\n");
    write(sys.resolve("class/gpio/gpio530/direction"), "in\n");
    write(sys.resolve("class/gpio/gpio530/value"), "1\n");
  }

  @Test
  void theLevelOfAnOutputIsSeenThroughSysfsWhichIsLeftAsItWas() throws Exception {
    assertThat(board("aarch64").level(17)).isTrue();
    assertThat(sys.resolve("class/gpio/export")).hasContent("529");
    assertThat(sys.resolve("class/gpio/unexport")).hasContent("529");
    write(sys.resolve("class/gpio/gpio529/value"), "0\n");
    assertThat(board("aarch64").level(17)).isFalse();
  }

  @Test
  void whatIsNoOutputYetIsOff() throws Exception {
    assertThat(board("aarch64").level(18)).isFalse();
  }

  @Test
  void aLevelThatCannotBeSeenIsAnError() throws Exception {
    assertThatThrownBy(() -> board("aarch64").level(3)).isInstanceOf(IOException.class);
    write(sys.resolve("devices/platform/soc/fe200000.gpio/gpio/gpiochip512/base"), "?");
    assertThatThrownBy(() -> board("aarch64").level(17)).isInstanceOf(IOException.class);
  }

  @Test
  void aMachineWithoutTheChipSaysSoWithARemedyAndLoadsNothingNative() throws Exception {
    Settings bus = new Settings(Map.of("chip", "/dev/gpiochip-of-nobody"));
    try (Driver driver = new GpioFactory().create(bus)) {
      assertThatThrownBy(driver::open)
          .isInstanceOf(EndpointDownException.class)
          .hasMessage(
              "no GPIO chip \"/dev/gpiochip-of-nobody\": see ls /dev/gpiochip*, or this machine"
                  + " has no pins");
    }
  }

  @Test
  void aMachineOfAnotherKindSaysSo() throws Exception {
    write(folder.resolve("gpiochip0"), "");
    assertThatThrownBy(board("amd64")::open)
        .isInstanceOf(EndpointDownException.class)
        .hasMessage("GPIO needs 32 or 64 bit ARM, and this machine is amd64");
    // the machine that runs this test is no Raspberry Pi
    assertThatThrownBy(board("aarch64")::open)
        .isInstanceOf(EndpointDownException.class)
        .hasMessageContaining("Pi4J does not know this board, only Raspberry Pi");
  }

  private RaspberryBoard board(String architecture) {
    return new RaspberryBoard(folder.resolve("gpiochip0"), architecture, sys);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
