package io.polegate.serialport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.driver.EndpointDownException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a copy of the shape of sysfs. */
class PortNamesTest {
  @TempDir Path root = Path.of("");
  private PortNames names = new PortNames(root, root);

  @BeforeEach
  void machine() throws IOException {
    root = root.toRealPath();
    names = new PortNames(root.resolve("sys"), root.resolve("dev"));
    Files.createDirectories(root.resolve("sys/class/tty"));
    Files.createDirectories(root.resolve("dev"));
  }

  @Test
  void anAdapterIsFoundByItsSerialNumberWhateverItsNumberIsToday() throws Exception {
    plug("ttyUSB0", "usb1/1-1", "A50285BI");
    assertThat(names.resolve("usb:A50285BI")).isEqualTo(root.resolve("dev/ttyUSB0"));
    unplug("ttyUSB0");
    plug("ttyUSB3", "usb1/1-1", "A50285BI");
    assertThat(names.resolve("usb:A50285BI")).isEqualTo(root.resolve("dev/ttyUSB3"));
  }

  @Test
  void anUnknownSerialNumberNamesThoseThatAreThere() throws Exception {
    plug("ttyUSB0", "usb1/1-1", "A50285BI");
    assertThatThrownBy(() -> names.resolve("usb:B1"))
        .isInstanceOf(EndpointDownException.class)
        .hasMessage("no USB adapter with serial number \"B1\": there are A50285BI");
  }

  @Test
  void adaptersWithTheSameSerialNumberAreNotGuessed() throws Exception {
    plug("ttyUSB0", "usb1/1-1", "0001");
    plug("ttyUSB1", "usb1/1-2", "0001");
    assertThatThrownBy(() -> names.resolve("usb:0001")).hasMessageContaining("by-path");
  }

  @Test
  void adaptersWithoutSerialNumberAreNamedByPath() throws Exception {
    plug("ttyUSB0", "usb1/1-1", "");
    assertThatThrownBy(() -> names.resolve("usb:X")).hasMessageContaining("by-path");
  }

  @Test
  void aLinkLeadsToItsPort() throws Exception {
    plug("ttyUSB0", "usb1/1-1", "A");
    Path link = root.resolve("dev/by-path");
    Files.createSymbolicLink(link, root.resolve("dev/ttyUSB0"));
    assertThat(names.resolve(link.toString())).isEqualTo(root.resolve("dev/ttyUSB0"));
  }

  @Test
  void aMissingPortIsNamedTogetherWithThoseThatAreThere() throws Exception {
    plug("ttyS1", "platform/uart1", "");
    assertThatThrownBy(() -> names.resolve("/dev/ttyS9"))
        .isInstanceOf(EndpointDownException.class)
        .hasMessage("no serial port \"/dev/ttyS9\": there are " + root.resolve("dev/ttyS1"));
    assertThatThrownBy(() -> names.resolve("a\0b")).isInstanceOf(EndpointDownException.class);
  }

  @Test
  void portsWithoutAChipAreNotOffered() throws Exception {
    plug("ttyS1", "platform/uart1", "");
    plug("ttymxc2", "platform/uart2", "");
    plug("ttyUSB0", "usb1/1-1", "A");
    plug("ttyS0", "platform/serial8250", "");
    Files.writeString(root.resolve("sys/class/tty/ttyS0/type"), "0\n");
    Files.createDirectories(root.resolve("sys/class/tty/console"));
    assertThat(names.likeliestFirst())
        .extracting(name -> Path.of(name).getFileName().toString())
        .containsExactly("ttyUSB0", "ttymxc2", "ttyS1");
  }

  private void plug(String tty, String device, String serialNumber) throws IOException {
    Path adapter = Files.createDirectories(root.resolve("sys/devices").resolve(device));
    Path port = Files.createDirectories(adapter.resolve("1-1:1.0").resolve(tty));
    if (!serialNumber.isEmpty()) {
      Files.writeString(adapter.resolve("serial"), serialNumber + "\n");
    }
    Path name = Files.createDirectories(root.resolve("sys/class/tty").resolve(tty));
    Files.createSymbolicLink(name.resolve("device"), port);
    Files.createFile(root.resolve("dev").resolve(tty));
  }

  private void unplug(String tty) throws IOException {
    Files.delete(root.resolve("sys/class/tty").resolve(tty).resolve("device"));
    Files.delete(root.resolve("dev").resolve(tty));
  }
}
