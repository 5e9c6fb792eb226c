package io.polegate.driver.serial;

import static io.polegate.driver.serial.Texts.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.data.Value;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.settings.Settings;
import io.polegate.serialport.SystemSerialPorts;
import io.polegate.testkit.PseudoTerminal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A weather gauge that speaks NMEA by itself, on a pseudo-terminal. */
class GaugeTest {
  private static final Settings GAUGE =
      settings("free-running", "true", "checksum", "nmea", "max-age", "1m");
  private static final Settings SPEED =
      settings("expect", "\\$WIMWV,[0-9.]*,R,(?<value>[0-9.]*),M,A");
  private static final Settings VALID =
      settings(
          "expect", "\\$WIMWV,.*,(?<value>[AV])", "type", "bool", "true-is", "A", "false-is", "V");

  @TempDir Path folder = Path.of("");
  private PseudoTerminal gauge;
  private Driver driver;

  @BeforeEach
  void connect() throws Exception {
    gauge = PseudoTerminal.open(folder.resolve("gauge"));
    driver =
        new SerialFactory(new SystemSerialPorts())
            .create(
                settings("port", gauge.port().toString(), "line-end", "\\r\\n", "timeout", "10s"));
    driver.open();
  }

  @AfterEach
  void disconnect() {
    driver.close();
    gauge.close();
  }

  @Test
  void severalPointsAreReadFromOneSentence() throws Exception {
    say("$WIMWV,214.8,R,5.1,M,A");
    assertThat(read(SPEED, VALID))
        .containsExactly(Sample.good(new Value.Real(5.1)), Sample.good(new Value.Bool(true)));
  }

  @Test
  void otherSentencesAndNoiseAreSkipped() throws Exception {
    send("\0\u0080\u00ff");
    say("$WIMWV,214.8,R,5.1,M,A");
    say("$WIXDR,C,21.5,C,T");
    send("$WIMWV,214.8,R,9.9,M,A*00\r\n");
    say("$WIMWV,215.0,R,6.2,M,A");
    assertThat(read(SPEED)).containsExactly(Sample.good(new Value.Real(6.2)));
  }

  @Test
  void anEmptyFieldIsABadSampleAndItsNeighbourIsGood() throws Exception {
    say("$WIMWV,214.8,R,,M,A");
    List<Sample> samples = read(SPEED, VALID);
    assertThat(samples.get(0)).isInstanceOf(Sample.Bad.class);
    assertThat(samples.get(1)).isEqualTo(Sample.good(new Value.Bool(true)));
  }

  @Test
  void aGaugeThatSaysNothingIsSilent() throws Exception {
    driver.close();
    try (Driver impatient =
        new SerialFactory(new SystemSerialPorts())
            .create(settings("port", gauge.port().toString(), "timeout", "50ms"))) {
      impatient.open();
      Point speed = impatient.point(GAUGE, SPEED);
      assertThatThrownBy(() -> impatient.read(List.of(speed)))
          .isInstanceOf(DeviceSilentException.class);
    }
  }

  @Test
  void aBabblingLineEndsInBoundedTime() throws Exception {
    send("7".repeat(4000));
    say("$WIMWV,215.0,R,6.2,M,A");
    say("$WIMWV,215.0,R,6.3,M,A");
    assertThat(read(SPEED)).containsExactly(Sample.good(new Value.Real(6.3)));
  }

  private List<Sample> read(Settings... points) throws Exception {
    List<Point> parsed = new ArrayList<>();
    for (Settings point : points) {
      parsed.add(driver.point(GAUGE, point));
    }
    return driver.read(parsed);
  }

  private void say(String sentence) throws Exception {
    byte[] bytes = sentence.getBytes(StandardCharsets.US_ASCII);
    int xor = 0;
    for (int i = 1; i < bytes.length; i++) {
      xor ^= bytes[i];
    }
    send(sentence + "*" + String.format(Locale.ROOT, "%02X", xor) + "\r\n");
  }

  private void send(String text) throws Exception {
    gauge.output().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
