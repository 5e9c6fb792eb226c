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
  private FakeKernel kernel;

  @BeforeEach
  void boot() throws IOException {
    kernel = new FakeKernel(folder.resolve("sys"));
  }

  @Test
  void theLevelOfALineIsSeenThroughSysfsAndTheLineIsGivenBack() throws Exception {
    kernel.set(17, true);
    assertThat(board("aarch64").level(17)).as("what is no output yet").isFalse();
    assertThat(kernel.writes).containsExactly("gpio/export=529", "gpio/unexport=529");
    assertThat(kernel.pin(17)).doesNotExist();
    kernel.exportAs("out");
    assertThat(board("aarch64").level(17)).isTrue();
    kernel.set(17, false);
    assertThat(board("aarch64").level(17)).isFalse();
  }

  @Test
  void aLevelThatCannotBeSeenIsAnError() throws Exception {
    assertThatThrownBy(() -> board("aarch64").level(FakeKernel.TAKEN))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> board("aarch64").level(54))
        .isInstanceOf(IOException.class)
        .hasMessage("the chip has lines 0 to 53");
    Files.createDirectory(kernel.chip().resolveSibling("gpiochip566"));
    assertThatThrownBy(() -> board("aarch64").level(17))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("several chips");
    Files.delete(kernel.chip().resolveSibling("gpiochip566"));
    write(kernel.chip().resolve("base"), "?");
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
    return new RaspberryBoard(folder.resolve("gpiochip0"), architecture, kernel.sysfs());
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
