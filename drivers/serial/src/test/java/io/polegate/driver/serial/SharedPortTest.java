package io.polegate.driver.serial;

import static io.polegate.driver.serial.Texts.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.data.Value;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.serial.SerialLine;
import io.polegate.api.serial.SerialPorts;
import io.polegate.api.serial.SerialSettings;
import io.polegate.api.settings.Settings;
import io.polegate.serialport.SystemSerialPorts;
import io.polegate.testkit.PseudoTerminal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** This driver and somebody else take turns on one port. */
class SharedPortTest {
  @TempDir Path folder = Path.of("");

  @Test
  void twoProtocolsAtTwoSpeedsTakeTurnsOnOnePort() throws Exception {
    Path port = folder.resolve("line");
    SerialPorts ports = new SystemSerialPorts();
    Settings other = settings("port", port.toString(), "baud", "2400");
    try (Adam4000 modules = new Adam4000(PseudoTerminal.open(port));
        Driver driver = new SerialFactory(ports).create(settings("port", port.toString()));
        SerialLine raw = ports.line(SerialSettings.parameters(other))) {
      Point name =
          driver.point(
              settings("address", "01"),
              settings("send", "${address}M", "expect", "!{address}(?<value>.*)", "type", "text"));
      driver.open();
      raw.open();
      for (int turn = 1; turn <= 5; turn++) {
        assertThat(driver.read(List.of(name))).containsExactly(Sample.good(new Value.Text("4017")));
        raw.write("$016\r".getBytes(StandardCharsets.US_ASCII));
        assertThat(line(raw)).isEqualTo("!0F0500");
        modules.say("!01late\r"); // for the other; must not become our name
        assertThat(modules.requests()).isEqualTo(2 * turn);
      }
    }
  }

  private static String line(SerialLine line) throws Exception {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r") < 0) {
      byte[] bytes = line.receive(10_000_000_000L);
      assertThat(bytes).as("an answer").isNotEmpty();
      text.append(new String(bytes, StandardCharsets.US_ASCII));
    }
    return text.substring(0, text.indexOf("\r"));
  }
}
