package io.polegate.demo;

import io.polegate.testkit.modbus.ModbusUnit;
import io.polegate.testkit.modbus.Table;

/**
 * Tilt probe under a manhole cover with the registers of WitMotion HWT905-485: holding 0x3D roll,
 * 0x3E pitch, 0x3F yaw as int16, 180° at 32768; 0x40 temperature in 0.01 °C; unit 0x50 (the maker's
 * protocol description). Here it stands behind a TCP gateway.
 */
final class ManholeProbe implements SimulatedDevice {
  private static final double HALF_TURN = 180;
  private static final double SECONDS_BETWEEN_OPENINGS = 90;
  private static final double SECONDS_OPEN = 15;

  private final ModbusUnit unit = new ModbusUnit();

  @Override
  public ModbusUnit unit() {
    return unit;
  }

  @Override
  public void update(double seconds) {
    double wobble = SimulatedDevice.wobble(seconds, 4);
    boolean open = seconds % SECONDS_BETWEEN_OPENINGS > SECONDS_BETWEEN_OPENINGS - SECONDS_OPEN;
    unit.set(
        Table.HOLDING,
        0x3D,
        angle((open ? 38 : 0.8) + 0.1 * wobble),
        angle(-0.5 + 0.1 * wobble),
        angle(90),
        (int) Math.round((17 + 0.2 * wobble) * 100));
  }

  private static int angle(double degrees) {
    return (int) Math.round(degrees / HALF_TURN * 32_768);
  }
}
