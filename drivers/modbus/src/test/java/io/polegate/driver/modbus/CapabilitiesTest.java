package io.polegate.driver.modbus;

import static io.polegate.driver.modbus.ModbusContract.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import io.polegate.api.driver.BusTime;
import io.polegate.api.driver.DeviceProbe;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.RawRequest;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.api.settings.Settings;
import io.polegate.driver.modbus.SimulatedBus.Transport;
import io.polegate.testkit.modbus.Fault;
import io.polegate.testkit.modbus.ModbusUnit;
import io.polegate.testkit.modbus.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a technician asks of a bus, and devices that take one table for the other. */
class CapabilitiesTest {
  private static final Settings UNIT = settings("unit", "1");

  private final ModbusUnit unit =
      new ModbusUnit().set(Table.HOLDING, 0, 500, 501).set(Table.INPUT, 0, 600, 601);

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @EnumSource
  void aRawRequestIsSentAsTypedAndItsAnswerReturned(Transport transport) throws Exception {
    try (SimulatedBus bus = new SimulatedBus(transport, folder, Map.of(1, unit));
        Driver driver = bus.driver("timeout", "300ms")) {
      RawRequest raw = (RawRequest) driver;
      driver.open();
      assertThat(exchange(raw, "0300000002")).isEqualTo("030401f401f5");
      assertThat(exchange(raw, "0600010007")).isEqualTo("0600010007");
      assertThat(exchange(raw, "0300090001")).as("an error is an answer").isEqualTo("8302");
      assertThat(exchange(raw, "42")).as("a function of one maker").isEqualTo("c201");
      assertThatThrownBy(() -> raw.exchange(settings("unit", "7"), Bytes.ofHex("0300000002")))
          .isInstanceOf(DeviceSilentException.class);
      for (String wrong : List.of("", "00", "83")) {
        assertThatThrownBy(() -> raw.exchange(UNIT, Bytes.ofHex(wrong)))
            .isInstanceOf(WriteRejectedException.class)
            .hasMessageContaining("function from 1 to 127");
      }
      assertThatThrownBy(() -> raw.exchange(settings("unit", "300"), Bytes.ofHex("03")))
          .isInstanceOf(WriteRejectedException.class)
          .hasMessageStartingWith("unit ");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aProbeSaysWhatAnsweredAndNothingIfNobodyDid(Transport transport) throws Exception {
    try (SimulatedBus bus = new SimulatedBus(transport, folder, Map.of(1, unit));
        Driver driver = bus.driver("timeout", "300ms")) {
      DeviceProbe probe = (DeviceProbe) driver;
      driver.open();
      assertThat(probe.probe(UNIT)).hasValue("unit 1 answers holding:0 with 500");
      assertThat(probe.probe(settings("unit", "2"))).isEmpty();
      unit.fail(Fault.exception(2), 1);
      assertThat(probe.probe(UNIT))
          .hasValue("unit 1 answers holding:0 with exception 2: illegal data address");
      unit.fail(Fault.exception(11), 1);
      assertThat(probe.probe(UNIT)).as("a gateway's word for silence").isEmpty();
      unit.limitFunctions(4);
      assertThat(probe.probe(UNIT)).hasValue("unit 1 answers input:0 with 600");
      assertThat(unit.writes()).isEmpty();
    }
  }

  @Test
  void busTimeIsCharactersAndGapsAndThinking() throws Exception {
    try (SimulatedBus bus = new SimulatedBus(Transport.RTU, folder, Map.of());
        Driver driver = bus.driver("baud", "9600", "gap", "10ms")) {
      List<Point> points =
          List.of(
              driver.point(UNIT, settings("address", "holding:0")),
              driver.point(UNIT, settings("address", "holding:9")),
              driver.point(UNIT, settings("address", "input:0")));
      // two requests of 8 characters, answers of 5 + 2 * 10 and of 7, of 10 bits each
      Duration line = Duration.ofNanos((8 + 25 + 8 + 7) * 10_000_000_000L / 9600);
      Duration expected = line.plus(Duration.ofMillis(2 * (10 + 20)));
      assertThat(((BusTime) driver).busTime(points)).isCloseTo(expected, Duration.ofMillis(1));
      assertThat(((BusTime) driver).busTime(List.of())).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "4"})
  void eitherFindsTheFunctionThatTheDeviceHasAndKeepsToIt(String function) throws Exception {
    unit.limitFunctions(Integer.valueOf(function));
    int value = function.equals("3") ? 500 : 600;
    try (SimulatedBus bus = new SimulatedBus(Transport.TCP, folder, Map.of(1, unit));
        Driver driver = bus.driver()) {
      Settings either = settings("unit", "1", "registers", "either");
      List<Point> points =
          List.of(
              driver.point(either, settings("address", "holding:0")),
              driver.point(either, settings("address", "input:0")));
      driver.open();
      List<Sample> good =
          List.of(Sample.good(new Value.Int(value)), Sample.good(new Value.Int(value)));
      assertThat(driver.read(points)).isEqualTo(good);
      assertThat(unit.requests()).isEqualTo(3);
      assertThat(driver.read(points)).isEqualTo(good);
      assertThat(unit.requests()).as("two more").isEqualTo(5);
    }
  }

  @Test
  void registersSaysWhichFunctionReadsWhateverTheAddressSays() throws Exception {
    try (SimulatedBus bus = new SimulatedBus(Transport.TCP, folder, Map.of(1, unit));
        Driver driver = bus.driver()) {
      driver.open();
      Settings address = settings("address", "holding:0");
      Point input = driver.point(settings("unit", "1", "registers", "input"), address);
      Point plain = driver.point(UNIT, address);
      assertThat(driver.read(List.of(input))).containsExactly(Sample.good(new Value.Int(600)));
      assertThat(driver.read(List.of(plain))).containsExactly(Sample.good(new Value.Int(500)));
      unit.limitFunctions(1);
      assertThat(driver.read(List.of(input)).get(0)).isInstanceOf(Sample.Bad.class);
    }
  }

  @Test
  void aSilentUnitBehindAGatewayDoesNotCostItsNeighboursTheirConnection() throws Exception {
    ModbusUnit silent = new ModbusUnit().set(Table.HOLDING, 0, 1);
    silent.fail(Fault.of(Fault.Kind.SILENCE));
    try (SimulatedBus bus = new SimulatedBus(Transport.TCP, folder, Map.of(1, unit, 9, silent));
        Driver driver = bus.driver("timeout", "200ms")) {
      Point well = driver.point(UNIT, settings("address", "holding:0"));
      Point dead = driver.point(settings("unit", "9"), settings("address", "holding:0"));
      driver.open();
      for (int i = 0; i < 3; i++) {
        assertThat(driver.read(List.of(well))).containsExactly(Sample.good(new Value.Int(500)));
        assertThatThrownBy(() -> driver.read(List.of(dead)))
            .isInstanceOf(DeviceSilentException.class);
      }
      assertThat(bus.accepted()).isEqualTo(1);
      unit.fail(Fault.of(Fault.Kind.SILENCE), 1);
      assertThatThrownBy(() -> driver.read(List.of(well)))
          .isInstanceOf(DeviceSilentException.class);
      driver.read(List.of(well));
      assertThat(bus.accepted()).as("when the last to answer is silent").isEqualTo(2);
    }
  }

  private static String exchange(RawRequest raw, String pdu) throws Exception {
    return raw.exchange(UNIT, Bytes.ofHex(pdu)).toHex();
  }
}
