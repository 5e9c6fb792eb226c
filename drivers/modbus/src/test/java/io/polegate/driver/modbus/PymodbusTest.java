package io.polegate.driver.modbus;

import static io.polegate.driver.modbus.ModbusContract.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.settings.Settings;
import io.polegate.serialport.SystemSerialPorts;
import io.polegate.testkit.Await;
import io.polegate.testkit.modbus.PymodbusSlave;
import io.polegate.testkit.modbus.PymodbusSlave.Transport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The driver, pymodbus and mbpoll have to mean the same. */
class PymodbusTest {
  private static final Settings UNIT = settings("unit", "1");

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @EnumSource(Transport.class)
  void everyTypeOfEveryTableReadsAsTheSlaveMeantIt(Transport transport) throws Exception {
    try (PymodbusSlave slave = new PymodbusSlave(transport, folder);
        Driver driver = connected(slave)) {
      Map<Settings, Value> expected = EveryType.points();
      List<Point> points = points(driver, List.copyOf(expected.keySet()));
      assertThat(driver.read(points))
          .isEqualTo(expected.values().stream().map(Sample::good).toList());
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aPointThatTheSlaveDoesNotHaveIsRefusedAlone(Transport transport) throws Exception {
    try (PymodbusSlave slave = new PymodbusSlave(transport, folder);
        Driver driver = connected(slave)) {
      List<Point> points =
          points(
              driver,
              List.of(
                  settings("address", "holding:22"),
                  settings("address", "holding:23"),
                  settings("address", "holding:24")));
      assertThat(driver.read(points).get(1))
          .isEqualTo(Sample.bad(BadReason.DEVICE_REFUSED, "exception 2: illegal data address"));
      assertThat(driver.read(points).get(0)).isInstanceOf(Sample.Good.class);
      assertThat(driver.read(points).get(2)).isInstanceOf(Sample.Good.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void twoHundredRegistersArriveInTheRightPlaces(Transport transport) throws Exception {
    try (PymodbusSlave slave = new PymodbusSlave(transport, folder);
        Driver driver = connected(slave)) {
      List<Settings> settings = new ArrayList<>();
      List<Sample> expected = new ArrayList<>();
      for (int address = 100; address < 300; address++) {
        settings.add(settings("address", "input:" + address));
        expected.add(Sample.good(new Value.Int(address)));
      }
      assertThat(driver.read(points(driver, settings))).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"RTU", "TCP"})
  void mbpollReadsTheSameNumbers(Transport transport) throws Exception {
    try (PymodbusSlave slave = new PymodbusSlave(transport, folder)) {
      List<Sample> ours;
      try (Driver driver = connected(slave)) {
        ours =
            driver.read(
                points(
                    driver,
                    List.of(
                        settings("address", "holding:0"),
                        settings("address", "input:2", "type", "int32"),
                        settings("address", "holding:14", "type", "float32"),
                        settings(
                            "address", "input:24", "type", "float32", "word-order", "low-first"),
                        settings("address", "coil:3"),
                        settings("address", "discrete:3"))));
      }
      List<String> theirs = new ArrayList<>();
      theirs.addAll(slave.mbpoll("4", 0, 1));
      theirs.addAll(slave.mbpoll("3:int", 2, 1, "-B"));
      theirs.addAll(slave.mbpoll("4:float", 14, 1, "-B"));
      theirs.addAll(slave.mbpoll("3:float", 24, 1));
      theirs.addAll(slave.mbpoll("0", 3, 1));
      theirs.addAll(slave.mbpoll("1", 3, 1));
      assertThat(theirs).hasSameSizeAs(ours);
      for (int i = 0; i < ours.size(); i++) {
        double theirNumber = Double.parseDouble(theirs.get(i));
        assertThat(number(ours.get(i))).isCloseTo(theirNumber, within(1e-3));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"RTU", "TCP"})
  void mbpollSeesWhatEachFunctionWrote(Transport transport) throws Exception {
    try (PymodbusSlave slave = new PymodbusSlave(transport, folder)) {
      try (Driver driver = connected(slave)) {
        write(driver, new Value.Int(4711), "address", "holding:100");
        write(driver, new Value.Int(815), "address", "holding:101", "write", "multiple");
        write(driver, new Value.Int(-99999), "address", "holding:102", "type", "int32");
        write(driver, new Value.Real(49.98), "address", "holding:104", "type", "float32");
        write(driver, new Value.Bool(true), "address", "holding:106.8");
        write(driver, new Value.Bool(true), "address", "coil:1");
        write(driver, new Value.Bool(true), "address", "coil:2", "write", "multiple");
        write(driver, new Value.Bool(false), "address", "coil:3");
        write(
            driver, new Value.Text("杆"), "address", "holding:110", "type", "string", "length", "2");
      }
      assertThat(slave.mbpoll("4", 100, 2)).containsExactly("4711", "815");
      assertThat(slave.mbpoll("4:int", 102, 1, "-B")).containsExactly("-99999");
      assertThat(slave.mbpoll("4:float", 104, 1, "-B")).containsExactly("49.98");
      assertThat(slave.mbpoll("4", 106, 1)).containsExactly(Integer.toString(106 | 1 << 8));
      assertThat(slave.mbpoll("4:hex", 110, 2)).containsExactly("0xE69D", "0x8600");
      assertThat(slave.mbpoll("0", 0, 5)).containsExactly("1", "1", "1", "0", "1");
    }
  }

  private static List<Point> points(Driver driver, List<Settings> settings) throws Exception {
    List<Point> points = new ArrayList<>();
    for (Settings one : settings) {
      points.add(driver.point(UNIT, one));
    }
    return points;
  }

  private static void write(Driver driver, Value value, String... settings) throws Exception {
    Point point = driver.point(UNIT, settings(settings));
    driver.write(point, value);
    assertThat(driver.read(List.of(point))).containsExactly(Sample.good(value));
  }

  private static double number(Sample sample) {
    Value value = ((Sample.Good) sample).value();
    if (value instanceof Value.Int integer) {
      return integer.value();
    }
    return value instanceof Value.Real real ? real.value() : ((Value.Bool) value).value() ? 1 : 0;
  }

  private static DriverFactory factory(PymodbusSlave slave) {
    return switch (slave.transport()) {
      case RTU -> new ModbusRtu(new SystemSerialPorts());
      case ASCII -> new ModbusAscii(new SystemSerialPorts());
      case TCP -> new ModbusTcp();
      case RTU_TCP -> new ModbusRtuTcp();
    };
  }

  private static Settings bus(PymodbusSlave slave, String timeout) {
    Map<String, String> texts = new HashMap<>(slave.busSettings());
    texts.put("timeout", timeout);
    return new Settings(texts);
  }

  /** A driver whose slave has started to answer. */
  private static Driver connected(PymodbusSlave slave) throws Exception {
    try (Driver probe = factory(slave).create(bus(slave, "300ms"))) {
      Point point = probe.point(UNIT, settings("address", "holding:0"));
      Await.until("the slave to answer", () -> answers(probe, point));
    }
    Driver driver = factory(slave).create(bus(slave, "5s"));
    driver.open();
    return driver;
  }

  private static boolean answers(Driver driver, Point point) throws DriverException {
    driver.open();
    try {
      return driver.read(List.of(point)).size() == 1;
    } catch (DeviceSilentException e) {
      return false;
    }
  }
}
