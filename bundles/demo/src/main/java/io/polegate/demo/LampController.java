package io.polegate.demo;

import io.polegate.testkit.modbus.ModbusUnit;
import io.polegate.testkit.modbus.Table;

/**
 * A lamp with a relay and a dimmer. Coil 0 switches, as on the relay boards of Waveshare (maker's
 * wiki). Makers keep the maps of single-lamp controllers private, so the rest is <b>invented for
 * the demo</b>: holding 0 is the level in 0.1 %, input 10 and 11 the power in W as float32 with the
 * low word first.
 */
final class LampController implements SimulatedDevice {
  private static final double STANDBY_WATTS = 0.6;
  private static final double FULL_WATTS = 120;
  private static final double FULL_LEVEL = 1000;

  private final ModbusUnit unit = new ModbusUnit().set(Table.COIL, 0, 1).set(Table.HOLDING, 0, 300);

  /** Lit at 30 %. */
  LampController() {
    // the power follows at once, as a technician would expect of a lamp
    unit.onWrite(write -> power(0));
    update(0);
  }

  @Override
  public ModbusUnit unit() {
    return unit;
  }

  @Override
  public void update(double seconds) {
    power(SimulatedDevice.wobble(seconds, 2));
  }

  /** Power drawn from the mains now. */
  double watts() {
    return Float.intBitsToFloat(unit.get(Table.INPUT, 11) << 16 | unit.get(Table.INPUT, 10));
  }

  private void power(double wobble) {
    boolean on = unit.get(Table.COIL, 0) == 1;
    double level = Math.min(1, unit.get(Table.HOLDING, 0) / FULL_LEVEL);
    double watts = on ? STANDBY_WATTS + FULL_WATTS * level * (1 + 0.004 * wobble) : STANDBY_WATTS;
    int bits = Float.floatToIntBits((float) watts);
    unit.set(Table.INPUT, 10, bits & 0xFFFF, bits >>> 16);
  }
}
