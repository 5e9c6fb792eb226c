package io.polegate.demo;

import io.polegate.testkit.modbus.ModbusUnit;
import io.polegate.testkit.modbus.Table;
import java.util.function.DoubleSupplier;

/**
 * Energy meter with the registers of Eastron SDM120: input registers, float32, high word first
 * (device templates of mbmd and wb-mqtt-serial). The real one speaks RTU; here it stands behind a
 * TCP gateway.
 */
final class EnergyMeter implements SimulatedDevice {
  private static final double OTHER_WATTS = 38;
  private static final double POWER_FACTOR = 0.96;
  private static final double SECONDS_PER_HOUR = 3600;

  private final ModbusUnit unit = new ModbusUnit();
  private final DoubleSupplier lampWatts;
  private double kilowattHours = 1234.5;
  private double last;

  /** Measures the lamp and what else is in the pole. */
  EnergyMeter(DoubleSupplier lampWatts) {
    this.lampWatts = lampWatts;
  }

  @Override
  public ModbusUnit unit() {
    return unit;
  }

  @Override
  public void update(double seconds) {
    double wobble = SimulatedDevice.wobble(seconds, 3);
    double volts = 229 + 3 * wobble;
    double watts = lampWatts.getAsDouble() + OTHER_WATTS + wobble;
    kilowattHours += watts * (seconds - last) / SECONDS_PER_HOUR / 1000;
    last = seconds;
    set(0x0000, volts);
    set(0x0006, watts / volts / POWER_FACTOR); // A
    set(0x000C, watts);
    set(0x001E, POWER_FACTOR);
    set(0x0046, 50 + 0.02 * wobble); // Hz
    set(0x0048, kilowattHours); // import
  }

  private void set(int address, double value) {
    unit.setFloat32(Table.INPUT, address, (float) value);
  }
}
