package io.polegate.demo;

import io.polegate.testkit.modbus.ModbusUnit;
import io.polegate.testkit.modbus.Table;

/**
 * Submersible water-level gauge with the registers of QDY30A: holding 2 unit, 3 decimals, 4 value
 * as int16 (its manual, and the notes of the project raingauge485). Unit code 1 is centimetres in
 * that manual; others disagree, which is why nobody should trust the code alone.
 */
final class WaterGauge implements SimulatedDevice {
  private static final int CENTIMETRES = 1;
  private static final int ONE_DECIMAL = 1;
  private static final double DRAINED_CM = 4;
  private static final double RISE_CM = 35;

  private final ModbusUnit unit = new ModbusUnit();

  @Override
  public ModbusUnit unit() {
    return unit;
  }

  @Override
  public void update(double seconds) {
    // rises slowly through most of a day, then the pump wins
    double part = seconds / DAY_SECONDS % 1;
    double fill = part < 0.85 ? part / 0.85 : (1 - part) / 0.15;
    double ripple = 0.15 * SimulatedDevice.wobble(seconds, 5);
    int tenths = (int) Math.round((DRAINED_CM + RISE_CM * fill + ripple) * 10);
    unit.set(Table.HOLDING, 2, CENTIMETRES, ONE_DECIMAL, tenths);
  }
}
