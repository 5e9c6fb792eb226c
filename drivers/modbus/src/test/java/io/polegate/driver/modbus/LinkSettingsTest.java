package io.polegate.driver.modbus;

import static io.polegate.driver.modbus.ModbusContract.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.driver.Endpoint;
import io.polegate.api.serial.SerialParameters;
import io.polegate.api.serial.SerialParameters.Direction;
import io.polegate.api.serial.SerialParameters.Parity;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import io.polegate.driver.modbus.ModbusSettings.WriteFunction;
import io.polegate.driver.modbus.SimulatedBus.Transport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkSettingsTest {

  @Test
  void eachFramingHasTheDefaultsOfItsStandard() throws Exception {
    Settings port = settings("port", "usb:A50285BI");
    SerialParameters rtu = LinkSettings.line(LinkSettings.RTU, port);
    assertThat(rtu.dataBits()).isEqualTo(8);
    assertThat(rtu.parity()).isEqualTo(Parity.NONE);
    SerialParameters ascii = LinkSettings.line(LinkSettings.ASCII, port);
    assertThat(ascii.dataBits()).isEqualTo(7);
    assertThat(ascii.parity()).isEqualTo(Parity.EVEN);
    assertThat(ascii.port()).isEqualTo("usb:A50285BI");
  }

  @Test
  void rtuHasNoDataBitsToSet() {
    assertThat(LinkSettings.RTU.check(settings("port", "p", "data-bits", "7")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.key()).isEqualTo("data-bits"));
  }

  @Test
  void theDirectionOfAnRs485TransceiverReachesTheLine() throws Exception {
    SerialParameters line =
        LinkSettings.line(
            LinkSettings.RTU,
            settings("port", "p", "direction", "rts-high", "after-sending", "2ms"));
    assertThat(line.direction()).isEqualTo(Direction.RTS_HIGH);
    assertThat(line.afterSending()).isEqualTo(Duration.ofMillis(2));
  }

  @Test
  void onePeerIsOneConnectionAndOnePortMayBeShared() throws Exception {
    assertThat(Transport.TCP.factory().endpoint(settings("host", "192.0.2.1")))
        .hasValue(new Endpoint("tcp 192.0.2.1:502", false));
    assertThat(Transport.RTU_TCP.factory().endpoint(settings("host", "h", "port", "4001")))
        .hasValue(new Endpoint("tcp h:4001", false));
    assertThat(Transport.RTU.factory().endpoint(settings("port", "/dev/ttyS1")))
        .hasValue(new Endpoint("serial /dev/ttyS1", true))
        .isEqualTo(Transport.ASCII.factory().endpoint(settings("port", "/dev/ttyS1")));
  }

  @Test
  void stepsAreParsedInOrder() throws Exception {
    assertThat(ModbusSettings.BEFORE_WRITE.parse(" holding:0x69=0xB588 , coil:3=1"))
        .extracting(WriteStep::toString)
        .containsExactly("holding:105=46472", "coil:3=1");
    assertThat(ModbusSettings.BEFORE_WRITE.parse("none")).isEmpty();
    assertThat(new WriteHabits(WriteFunction.AUTO, List.of(), List.of(), Duration.ZERO).multiple(2))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "holding:1",
        "holding:1=",
        "holding:1=65536",
        "holding:1=-1",
        "coil:1=2",
        "input:1=1",
        "holding:1.3=1",
        "holding:1=1,",
        "holding:1=1=1",
        "holding:1=1,holding:1=1,holding:1=1,holding:1=1,holding:1=1"
      })
  void stepsThatCannotBeWrittenAreRefused(String text) {
    assertThatThrownBy(() -> ModbusSettings.AFTER_WRITE.parse(text))
        .isInstanceOf(InvalidSettingException.class);
  }
}
