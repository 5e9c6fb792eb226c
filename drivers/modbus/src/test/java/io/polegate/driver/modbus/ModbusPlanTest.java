package io.polegate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import io.polegate.driver.modbus.ModbusPlan.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModbusPlanTest {
  private static final ModbusDevice DEVICE = ModbusContract.unit(1);

  @Test
  void neighboursAreJoinedInAnyOrder() throws Exception {
    assertThat(plan(DEVICE, "holding:2", "holding:0", "holding:1"))
        .containsExactly(new Block(ModbusTable.HOLDING, 0, 3, List.of(1, 2, 0)));
  }

  @Test
  void tablesAreNeverMixed() throws Exception {
    assertThat(plan(DEVICE, "holding:0", "input:1", "coil:2", "discrete:3"))
        .extracting(Block::table)
        .containsExactly(
            ModbusTable.COIL, ModbusTable.DISCRETE, ModbusTable.HOLDING, ModbusTable.INPUT);
  }

  @Test
  void holesAreReadOverUpToTheLimit() throws Exception {
    assertThat(plan(DEVICE, "holding:0", "holding:9")).hasSize(1);
    assertThat(plan(DEVICE, "holding:0", "holding:10")).hasSize(2);
    ModbusDevice noHoles = ModbusContract.unit(1, "max-hole", "0");
    assertThat(plan(noHoles, "holding:0", "holding:1", "holding:3")).hasSize(2);
  }

  @Test
  void noRequestIsLargerThanTheDeviceTakesAndNoValueIsSplit() throws Exception {
    ModbusDevice weak = ModbusContract.unit(1, "max-registers", "3");
    List<ModbusPoint> points = new ArrayList<>();
    for (int address : List.of(0, 2, 4)) {
      points.add(point(weak, "holding:" + address, "uint32"));
    }
    assertThat(ModbusPlan.of(points))
        .extracting(Block::start, Block::count)
        .containsExactly(tuple(0, 2), tuple(2, 2), tuple(4, 2));
  }

  @Test
  void aThousandRegistersTakeEightRequests() throws Exception {
    List<ModbusPoint> points = new ArrayList<>();
    for (int address = 0; address < 1000; address++) {
      points.add(point(DEVICE, "holding:" + address, "uint16"));
    }
    assertThat(ModbusPlan.of(points)).hasSize(8).allMatch(block -> block.count() == 125);
  }

  @Test
  void pointsMayOverlap() throws Exception {
    assertThat(plan(DEVICE, "holding:4.0", "holding:4.15", "holding:4"))
        .containsExactly(new Block(ModbusTable.HOLDING, 4, 1, List.of(0, 1, 2)));
  }

  @Test
  void aRefusedBlockIsSplitAtItsHolesAndThenInHalves() throws Exception {
    List<ModbusPoint> points = points(DEVICE, "holding:0", "holding:1", "holding:5");
    Block all = ModbusPlan.of(points).get(0);
    List<Block> runs = ModbusPlan.split(points, all);
    assertThat(runs)
        .containsExactly(
            new Block(ModbusTable.HOLDING, 0, 2, List.of(0, 1)),
            new Block(ModbusTable.HOLDING, 5, 1, List.of(2)));
    assertThat(ModbusPlan.split(points, runs.get(0)))
        .containsExactly(
            new Block(ModbusTable.HOLDING, 0, 1, List.of(0)),
            new Block(ModbusTable.HOLDING, 1, 1, List.of(1)));
    assertThat(ModbusPlan.split(points, runs.get(1))).isEmpty();
  }

  @Test
  void perPointNothingIsSharedButTheBitsOfOneRegister() throws Exception {
    ModbusDevice items = ModbusContract.unit(1, "requests", "per-point");
    assertThat(plan(items, "holding:0", "holding:1", "holding:4.0", "holding:4.15"))
        .extracting(Block::start, Block::count)
        .containsExactly(tuple(0, 1), tuple(1, 1), tuple(4, 1));
  }

  @Test
  void nothingNeedsNoRequest() {
    assertThat(ModbusPlan.of(List.of())).isEmpty();
  }

  private static List<Block> plan(ModbusDevice device, String... addresses)
      throws InvalidSettingException {
    return ModbusPlan.of(points(device, addresses));
  }

  private static List<ModbusPoint> points(ModbusDevice device, String... addresses)
      throws InvalidSettingException {
    List<ModbusPoint> points = new ArrayList<>();
    for (String address : addresses) {
      points.add(ModbusPoint.of(device, new Settings(Map.of("address", address))));
    }
    return points;
  }

  private static ModbusPoint point(ModbusDevice device, String address, String type)
      throws InvalidSettingException {
    return ModbusPoint.of(device, new Settings(Map.of("address", address, "type", type)));
  }
}
