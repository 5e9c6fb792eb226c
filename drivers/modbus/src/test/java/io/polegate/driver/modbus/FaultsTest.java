package io.polegate.driver.modbus;

import static io.polegate.driver.modbus.ModbusContract.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.driver.modbus.SimulatedBus.Transport;
import io.polegate.testkit.modbus.Fault;
import io.polegate.testkit.modbus.Fault.Kind;
import io.polegate.testkit.modbus.ModbusUnit;
import io.polegate.testkit.modbus.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault on every kind of bus: no wrong value, neighbours well, recovery at once. */
class FaultsTest {
  private static final Duration TIMEOUT = Duration.ofMillis(150);

  /** A time-out for the device, one for its quarantine, and ample time to be scheduled. */
  private static final Duration RECOVERY = TIMEOUT.multipliedBy(2).plusSeconds(3);

  /** After which the right value came all the same. */
  private static final Set<Kind> HARMLESS =
      EnumSet.of(Kind.NONE, Kind.DUPLICATE, Kind.NOISE, Kind.FOREIGN_BROADCAST, Kind.SPLIT);

  private final ModbusUnit first = new ModbusUnit().set(Table.HOLDING, 0, 0x0101, 0x0102, 0x0103);
  private final ModbusUnit second = new ModbusUnit().set(Table.HOLDING, 0, 0x0201, 0x0202, 0x0203);

  @TempDir Path folder = Path.of("");

  static Stream<Arguments> everyFaultOnEveryBus() {
    return Stream.of(Transport.values())
        .flatMap(transport -> Stream.of(Kind.values()).map(kind -> Arguments.of(transport, kind)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everyFaultOnEveryBus")
  void noFaultBecomesAValueAndBothUnitsAnswerAfterIt(Transport transport, Kind kind)
      throws Exception {
    try (SimulatedBus bus = new SimulatedBus(transport, folder, Map.of(1, first, 2, second));
        Driver driver = bus.driver("timeout", TIMEOUT.toMillis() + "ms")) {
      List<Point> ofFirst = points(driver, "1");
      List<Point> ofSecond = points(driver, "2");
      driver.open();
      assertThat(driver.read(ofSecond)).isEqualTo(good(0x0201, 0x0203));
      first.fail(fault(kind), 1);
      assertThat(outcome(driver, ofFirst)).isEqualTo(expected(transport, kind));
      long start = System.nanoTime();
      driver.open();
      assertThat(driver.read(ofSecond)).isEqualTo(good(0x0201, 0x0203));
      assertThat(driver.read(ofFirst)).isEqualTo(good(0x0101, 0x0103));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(RECOVERY);
    }
  }

  private static Fault fault(Kind kind) {
    return switch (kind) {
      case DELAY -> Fault.late(TIMEOUT.plusMillis(60));
      case SPLIT -> Fault.split(Duration.ofMillis(10));
      case EXCEPTION -> Fault.exception(4);
      default -> Fault.of(kind);
    };
  }

  private static Object expected(Transport transport, Kind kind) {
    if (HARMLESS.contains(kind)) {
      return good(0x0101, 0x0103);
    }
    if (kind == Kind.EXCEPTION) {
      Sample bad = Sample.bad(BadReason.DEVICE_REFUSED, "exception 4: device failure");
      return List.of(bad, bad);
    }
    boolean closed = kind == Kind.HALF_FRAME || kind == Kind.RESET;
    return closed && !transport.onPort()
        ? EndpointDownException.class
        : DeviceSilentException.class;
  }

  /** The samples, or what was thrown instead. */
  private static Object outcome(Driver driver, List<Point> points) {
    try {
      return driver.read(points);
    } catch (DriverException e) {
      return e.getClass();
    }
  }

  private static List<Sample> good(int first, int second) {
    return Stream.of(first, second).map(value -> Sample.good(new Value.Int(value))).toList();
  }

  private static List<Point> points(Driver driver, String unit) throws Exception {
    return List.of(
        driver.point(settings("unit", unit), settings("address", "holding:0")),
        driver.point(settings("unit", unit), settings("address", "holding:2")));
  }
}
