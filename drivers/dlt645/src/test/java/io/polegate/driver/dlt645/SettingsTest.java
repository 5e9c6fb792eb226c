package io.polegate.driver.dlt645;

import static io.polegate.driver.dlt645.Texts.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.driver.Driver;
import io.polegate.api.serial.SerialParameters;
import io.polegate.api.serial.SerialParameters.Parity;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import io.polegate.serialport.SystemSerialPorts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document may say. */
class SettingsTest {
  private static final Settings METER = settings("address", "000000000161");

  @Test
  void aLineIsAsMetersAreDelivered() throws Exception {
    SerialParameters line = MeterSettings.line(settings("port", "/dev/ttyS1"));
    assertThat(line.baud()).isEqualTo(2400);
    assertThat(line.dataBits()).isEqualTo(8);
    assertThat(line.parity()).isEqualTo(Parity.EVEN);
    assertThat(line.stopBits()).isEqualTo(1);
    assertThat(MeterSettings.line(settings("port", "x", "baud", "9600", "parity", "none")))
        .matches(other -> other.baud() == 9600 && other.parity() == Parity.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "length, bcd, 10, ''",
    "length, bits, 8, ''",
    "length, bool, 9, 0",
    "bit, bcd, 2, 3",
    "bit, bool, 2, ''",
    "bit, bool, 2, 16"
  })
  void aValueThatCannotBeIsRefusedByKey(String key, String type, String length, String bit) {
    Settings point =
        bit.isEmpty()
            ? Texts.datum("04000503", length, "type", type)
            : Texts.datum("04000503", length, "type", type, "bit", bit);
    assertThatThrownBy(() -> MeterPoint.of(MeterDevice.of(METER), point))
        .isInstanceOfSatisfying(
            InvalidSettingException.class, e -> assertThat(e.key()).isEqualTo(key));
  }

  @Test
  void anActionIsNothingToReadAndSomethingToReadIsNoAction() throws Exception {
    for (String key : new String[] {"data-id", "length", "start", "bit"}) {
      String value = key.equals("data-id") ? "00010000" : "1";
      assertThatThrownBy(
              () ->
                  MeterPoint.of(
                      MeterDevice.of(METER), settings("action", "broadcast-time", key, value)))
          .isInstanceOfSatisfying(
              InvalidSettingException.class, e -> assertThat(e.key()).isEqualTo(key));
    }
    assertThatThrownBy(() -> MeterPoint.of(MeterDevice.of(METER), settings("length", "4")))
        .isInstanceOfSatisfying(
            InvalidSettingException.class, e -> assertThat(e.key()).isEqualTo("data-id"));
    try (Driver driver =
        new Dlt645Factory(new SystemSerialPorts()).create(settings("port", "/dev/null"))) {
      assertThat(
              driver
                  .point(settings("address", "999999999999"), settings("action", "broadcast-time"))
                  .access()
                  .readable())
          .isFalse();
    }
  }
}
