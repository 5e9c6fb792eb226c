package io.polegate.driver.modbus;

import static io.polegate.driver.modbus.ModbusContract.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.FrameTrace;
import io.polegate.api.driver.FrameTrace.Kind;
import io.polegate.api.driver.Point;
import io.polegate.driver.modbus.SimulatedBus.Transport;
import io.polegate.testkit.modbus.Fault;
import io.polegate.testkit.modbus.ModbusUnit;
import io.polegate.testkit.modbus.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the statistics of a device are made from: each frame once, by its kind. */
class TraceTest {
  private static final Set<Transport> LINES =
      Set.of(Transport.RTU, Transport.ASCII, Transport.RTU_TCP);

  private final ModbusUnit unit = new ModbusUnit().set(Table.HOLDING, 0, 500);
  private final ModbusUnit neighbour = new ModbusUnit().set(Table.HOLDING, 0, 600);
  private final List<Kind> seen = new ArrayList<>();

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @EnumSource
  void framesAreShownAsWhatTheyWere(Transport transport) throws Exception {
    try (SimulatedBus bus = new SimulatedBus(transport, folder, Map.of(1, unit, 2, neighbour));
        Driver driver = bus.driver("timeout", "200ms")) {
      Point point = driver.point(settings("unit", "1"), settings("address", "holding:0"));
      Point other = driver.point(settings("unit", "2"), settings("address", "holding:0"));
      ((FrameTrace) driver).traceTo((kind, frame) -> seen.add(kind));
      driver.open();
      driver.read(List.of(other));
      assertThat(shown()).containsExactly(Kind.SENT, Kind.ANSWER);
      unit.fail(Fault.exception(6), 1);
      driver.read(List.of(point));
      assertThat(shown()).containsExactly(Kind.SENT, Kind.EXCEPTION);
      unit.fail(Fault.of(Fault.Kind.FOREIGN_BROADCAST), 1);
      driver.read(List.of(point));
      assertThat(shown()).containsExactly(Kind.SENT, Kind.FOREIGN, Kind.ANSWER);
      driver.read(List.of(other));
      assertThat(shown()).containsExactly(Kind.SENT, Kind.ANSWER);
      unit.fail(Fault.of(Fault.Kind.WRONG_UNIT), 1);
      silent(driver, point);
      assertThat(shown()).containsExactly(Kind.SENT, Kind.FOREIGN);
    }
  }

  @ParameterizedTest
  @EnumSource
  void lateAnswersAreShownInTheCallThatTheyDisturb(Transport transport) throws Exception {
    try (SimulatedBus bus = new SimulatedBus(transport, folder, Map.of(1, unit, 2, neighbour));
        Driver driver = bus.driver("timeout", "200ms")) {
      Point point = driver.point(settings("unit", "1"), settings("address", "holding:0"));
      Point other = driver.point(settings("unit", "2"), settings("address", "holding:0"));
      ((FrameTrace) driver).traceTo((kind, frame) -> seen.add(kind));
      driver.open();
      driver.read(List.of(other));
      assertThat(shown()).containsExactly(Kind.SENT, Kind.ANSWER);
      unit.fail(Fault.of(Fault.Kind.HELD_BACK), 1);
      silent(driver, point);
      assertThat(shown()).containsExactly(Kind.SENT);
      driver.read(List.of(other));
      assertThat(shown()).containsExactly(Kind.SENT, Kind.LATE, Kind.ANSWER);
      unit.fail(Fault.of(Fault.Kind.DUPLICATE), 1);
      driver.read(List.of(point));
      driver.read(List.of(point));
      assertThat(shown())
          .containsExactly(Kind.SENT, Kind.ANSWER, Kind.LATE, Kind.SENT, Kind.ANSWER);
    }
  }

  @ParameterizedTest
  @EnumSource
  void damageIsShownOnceAndDoesNotCloseTheBus(Transport transport) throws Exception {
    try (SimulatedBus bus = new SimulatedBus(transport, folder, Map.of(1, unit, 2, neighbour));
        Driver driver = bus.driver("timeout", "500ms")) {
      Point point = driver.point(settings("unit", "1"), settings("address", "holding:0"));
      ((FrameTrace) driver).traceTo((kind, frame) -> seen.add(kind));
      driver.open();
      unit.fail(Fault.of(Fault.Kind.CORRUPT), 1);
      silent(driver, point);
      // a wrong number in an intact frame is somebody else's
      Kind damaged = LINES.contains(transport) ? Kind.CORRUPT : Kind.FOREIGN;
      assertThat(shown()).containsExactly(Kind.SENT, damaged);
      unit.fail(Fault.split(Duration.ofMillis(20)), 1);
      driver.read(List.of(point));
      assertThat(shown()).containsExactly(Kind.SENT, Kind.ANSWER);
    }
  }

  private static void silent(Driver driver, Point point) {
    assertThatThrownBy(() -> driver.read(List.of(point))).isInstanceOf(DeviceSilentException.class);
  }

  private List<Kind> shown() {
    List<Kind> shown = List.copyOf(seen);
    seen.clear();
    return shown;
  }
}
