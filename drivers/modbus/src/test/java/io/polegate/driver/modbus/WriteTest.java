package io.polegate.driver.modbus;

import static io.polegate.driver.modbus.ModbusContract.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.data.Value;
import io.polegate.api.driver.Access;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.FrameTrace;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import io.polegate.driver.modbus.SimulatedBus.Transport;
import io.polegate.testkit.Await;
import io.polegate.testkit.modbus.Fault;
import io.polegate.testkit.modbus.Fault.Kind;
import io.polegate.testkit.modbus.ModbusUnit;
import io.polegate.testkit.modbus.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Devices that want to be written in their own way. */
class WriteTest {
  /** An inclinometer of WitMotion: unlock, write, save. */
  private static final Settings WITMOTION =
      settings(
          "unit", "0x50",
          "before-write", "holding:0x69=0xB588",
          "after-write", "holding:0=0");

  private final ModbusUnit unit =
      new ModbusUnit()
          .set(Table.HOLDING, 0, 1, 2, 3, 4)
          .set(Table.HOLDING, 0x1A, 0x50)
          .set(Table.HOLDING, 0x69, 0)
          .set(Table.COIL, 0, 0, 0);

  @TempDir Path folder = Path.of("");
  private List<AutoCloseable> open = new ArrayList<>();

  @BeforeEach
  void start() {
    open = new ArrayList<>();
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  @Test
  void unlockWriteAndSaveAreThePublishedFrames() throws Exception {
    Driver driver = connected(Transport.RTU);
    List<String> sent = new ArrayList<>();
    ((FrameTrace) driver)
        .traceTo(
            (kind, frame) -> {
              if (kind == FrameTrace.Kind.SENT) {
                sent.add(frame.toHex());
              }
            });
    driver.write(driver.point(WITMOTION, settings("address", "holding:0x1A")), new Value.Int(0x50));
    assertThat(sent).hasSize(3).startsWith("50060069b58822a1").endsWith("500600000000844b");
    assertThat(unit.writes()).extracting(ModbusUnit.Write::address).containsExactly(0x69, 0x1A, 0);
  }

  @Test
  void aStepThatFailsIsNamedAndWhatFollowsIsNotWritten() throws Exception {
    Driver driver = connected(Transport.RTU);
    Point missing =
        driver.point(
            settings("unit", "0x50", "before-write", "holding:0x69=1, holding:777=5"),
            settings("address", "holding:1"));
    assertThatThrownBy(() -> driver.write(missing, new Value.Int(9)))
        .isInstanceOf(WriteRejectedException.class)
        .hasMessage("before-write holding:777=5 failed: exception 2: illegal data address")
        .hasCauseInstanceOf(WriteRejectedException.class);
    assertThat(unit.get(Table.HOLDING, 1)).isEqualTo(2);
    unit.failAfter(2, Fault.of(Kind.SILENCE));
    Point saved = driver.point(WITMOTION, settings("address", "holding:1"));
    assertThatThrownBy(() -> driver.write(saved, new Value.Int(9)))
        .isInstanceOf(DeviceSilentException.class)
        .hasMessageStartingWith("after-write holding:0=0 failed: ");
    assertThat(unit.get(Table.HOLDING, 1)).isEqualTo(9);
  }

  @Test
  void aPointMayDoWithoutTheStepsOfItsDevice() throws Exception {
    Driver driver = connected(Transport.RTU);
    Point plain =
        driver.point(
            WITMOTION,
            settings("address", "holding:1", "before-write", "none", "after-write", "none"));
    driver.write(plain, new Value.Int(7));
    assertThat(unit.writes()).hasSize(1);
  }

  @Test
  void settlingTakesItsTimeAfterEachWrite() throws Exception {
    Driver driver = connected(Transport.RTU);
    Point slow = driver.point(WITMOTION, settings("address", "holding:1", "settle", "60ms"));
    long start = System.nanoTime();
    driver.write(slow, new Value.Int(7));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(180));
  }

  @Test
  void aDeviceThatKnowsOneFunctionOnlyIsWrittenWithIt() throws Exception {
    Driver driver = connected(Transport.TCP);
    Settings wide = settings("address", "holding:0", "type", "uint32");
    unit.limitFunctions(3, 6);
    driver.write(driver.point(device("write", "single"), wide), new Value.Int(0x00050006));
    assertThat(unit.writes())
        .containsExactly(
            new ModbusUnit.Write(6, Table.HOLDING, 0, List.of(5)),
            new ModbusUnit.Write(6, Table.HOLDING, 1, List.of(6)));
    assertThatThrownBy(() -> driver.write(driver.point(device(), wide), new Value.Int(1)))
        .isInstanceOf(WriteRejectedException.class)
        .hasMessage("exception 1: illegal function");
    unit.limitFunctions(3, 16);
    Settings narrow = settings("address", "holding:2");
    driver.write(driver.point(device("write", "multiple"), narrow), new Value.Int(8));
    assertThat(unit.get(Table.HOLDING, 2)).isEqualTo(8);
  }

  @Test
  void registersWrittenOneByOneSayHowFarTheyCame() throws Exception {
    Driver driver = connected(Transport.TCP);
    Point wide =
        driver.point(device("write", "single"), settings("address", "holding:3", "type", "uint32"));
    assertThatThrownBy(() -> driver.write(wide, new Value.Int(1)))
        .isInstanceOf(WriteRejectedException.class)
        .hasMessage("only the first 1 registers were written: exception 2: illegal data address");
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"RTU", "ASCII", "RTU_TCP"})
  void aBroadcastReachesEveryUnitAndAwaitsNoAnswer(Transport transport) throws Exception {
    Driver driver = connected(transport, "turnaround", "50ms");
    Point all = driver.point(settings("unit", "0"), settings("address", "holding:2"));
    Point one = driver.point(device(), settings("address", "holding:2"));
    assertThat(all.access()).isEqualTo(Access.WRITE);
    driver.write(all, new Value.Int(4711));
    Await.until("the unit to obey", () -> unit.get(Table.HOLDING, 2) == 4711);
    assertThat(driver.read(List.of(one))).containsExactly(Sample.good(new Value.Int(4711)));
  }

  @Test
  void whatNeedsReadingCannotBeBroadcast() throws Exception {
    try (SimulatedBus bus = new SimulatedBus(Transport.RTU, folder, Map.of());
        Driver driver = bus.driver()) {
      for (String address : List.of("input:0", "discrete:0", "holding:0.1")) {
        assertThatThrownBy(() -> driver.point(settings("unit", "0"), settings("address", address)))
            .isInstanceOfSatisfying(
                InvalidSettingException.class, e -> assertThat(e.key()).isEqualTo("address"));
      }
    }
  }

  @Test
  void unitZeroOfANetworkIsAUnitLikeAnyOther() throws Exception {
    Driver driver = connected(Transport.TCP);
    Point point = driver.point(settings("unit", "0"), settings("address", "holding:2"));
    assertThat(point.access()).isEqualTo(Access.READ_WRITE);
    assertThat(driver.read(List.of(point))).containsExactly(Sample.good(new Value.Int(3)));
  }

  private static Settings device(String... more) {
    Map<String, String> texts = new HashMap<>(settings(more).texts());
    texts.put("unit", "0x50");
    return new Settings(texts);
  }

  private Driver connected(Transport transport, String... more) throws Exception {
    Map<Integer, ModbusUnit> units =
        transport == Transport.TCP ? Map.of(0x50, unit, 0, unit) : Map.of(0x50, unit);
    SimulatedBus bus = new SimulatedBus(transport, folder, units);
    Driver driver = bus.driver(more);
    open.add(driver);
    open.add(bus);
    driver.open();
    return driver;
  }
}
