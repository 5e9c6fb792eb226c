package io.polegate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.modbus.ModbusUnit;
import io.polegate.testkit.modbus.Table;
import java.util.function.IntConsumer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DevicesTest {
  private static final int TWO_DAYS = (int) (2 * SimulatedDevice.DAY_SECONDS);

  @Test
  void theEnvironmentStaysPlausibleForDays() {
    SimulatedDevice station = new EnvironmentStation();
    everySecond(
        station,
        second -> {
          assertThat(holding(station, 500) * 0.1).as("wind").isBetween(0.0, 60.0);
          assertThat(holding(station, 502)).as("sector").isBetween(0, 7);
          assertThat(holding(station, 503)).as("degrees").isBetween(0, 359);
          assertThat(holding(station, 504) * 0.1).as("humidity").isBetween(20.0, 100.0);
          assertThat((short) holding(station, 505) * 0.1).as("temperature").isBetween(10.0, 30.0);
          assertThat(station.unit().getUint32(Table.HOLDING, 510)).as("light").isLessThan(70_000L);
        });
  }

  @Test
  void theWaterRisesAndIsPumpedOff() {
    SimulatedDevice gauge = new WaterGauge();
    gauge.update(10);
    int low = holding(gauge, 4);
    gauge.update(0.8 * SimulatedDevice.DAY_SECONDS);
    int high = holding(gauge, 4);
    gauge.update(SimulatedDevice.DAY_SECONDS);
    assertThat(high).isGreaterThan(low + 200);
    assertThat(holding(gauge, 4)).isLessThan(high - 200);
    assertThat(holding(gauge, 3)).as("decimals").isEqualTo(1);
  }

  @Test
  void theLampDrawsWhatItsLevelSays() {
    LampController lamp = new LampController();
    assertThat(lamp.watts()).isCloseTo(36.6, Offset.offset(0.5));
    lamp.unit().set(Table.HOLDING, 0, 1000);
    lamp.update(1);
    assertThat(lamp.watts()).isCloseTo(120.6, Offset.offset(1.0));
    lamp.unit().set(Table.COIL, 0, 0);
    lamp.update(2);
    assertThat(lamp.watts()).isLessThan(1);
  }

  @Test
  void theMeterFollowsTheLampAndCountsUp() {
    double[] lampWatts = {0};
    EnergyMeter meter = new EnergyMeter(() -> lampWatts[0]);
    meter.update(1);
    float before = meter.unit().getFloat32(Table.INPUT, 0x000C);
    float energy = meter.unit().getFloat32(Table.INPUT, 0x0048);
    lampWatts[0] = 100;
    meter.update(3600);
    assertThat(meter.unit().getFloat32(Table.INPUT, 0x000C)).isGreaterThan(before + 90);
    assertThat(meter.unit().getFloat32(Table.INPUT, 0x0048) - energy).isBetween(0.12f, 0.16f);
  }

  @Test
  void theCoverIsOpenedNowAndThen() {
    SimulatedDevice probe = new ManholeProbe();
    probe.update(10);
    assertThat(degrees(probe)).isBetween(0.5, 1.1);
    probe.update(80);
    assertThat(degrees(probe)).isGreaterThan(30);
    probe.update(95);
    assertThat(degrees(probe)).isBetween(0.5, 1.1);
  }

  private static double degrees(SimulatedDevice probe) {
    return (short) holding(probe, 0x3D) / 32_768.0 * 180;
  }

  private static int holding(SimulatedDevice device, int address) {
    ModbusUnit unit = device.unit();
    return unit.get(Table.HOLDING, address);
  }

  private static void everySecond(SimulatedDevice device, IntConsumer check) {
    for (int second = 0; second < TWO_DAYS; second++) {
      device.update(second);
      check.accept(second);
    }
  }
}
