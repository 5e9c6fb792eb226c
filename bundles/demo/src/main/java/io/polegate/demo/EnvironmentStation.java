package io.polegate.demo;

import io.polegate.testkit.modbus.ModbusUnit;
import io.polegate.testkit.modbus.Table;

/**
 * Environment station with the registers of Renke RS-FSXCS-N01: holding 500 to 515, scales as in
 * public programs that read such stations (LaskaKit, ESPlan, WEATHER_ST, MINTS).
 */
final class EnvironmentStation implements SimulatedDevice {
  private final ModbusUnit unit = new ModbusUnit();

  @Override
  public ModbusUnit unit() {
    return unit;
  }

  @Override
  public void update(double seconds) {
    double day = SimulatedDevice.daylight(seconds);
    double wobble = SimulatedDevice.wobble(seconds, 1);
    double wind = 3 + 2 * wobble; // m/s
    int degrees = Math.floorMod(Math.round(140 + 30 * wobble), 360);
    double lux = Math.max(0, day) * 60_000 + 5;
    unit.set(
        Table.HOLDING,
        500,
        tenths(wind),
        wind < 3.4 ? 2 : 3, // Beaufort
        (degrees + 22) / 45 % 8, // sector, 0 is north
        degrees,
        tenths(62 - 18 * day + wobble), // humidity, %
        tenths(21 + 7 * day + 0.3 * wobble), // temperature, signed, °C
        tenths(55 + 6 * wobble), // noise, dB
        (int) Math.round(32 + 5 * wobble), // PM2.5, µg/m³
        (int) Math.round(51 + 7 * wobble), // PM10, µg/m³
        tenths(98.2 + 0.2 * day), // pressure, kPa
        (int) lux >>> 16, // illuminance, two registers, high word first
        (int) lux,
        (int) (lux / 100),
        tenths(1.2), // rain, mm
        9_000, // compass, 0.01°
        (int) Math.round(Math.max(0, day) * 700)); // solar radiation, W/m²
  }

  private static int tenths(double value) {
    return (int) Math.round(value * 10);
  }
}
