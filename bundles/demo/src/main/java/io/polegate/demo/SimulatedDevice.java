package io.polegate.demo;

import io.polegate.testkit.modbus.ModbusUnit;

/** A device of the demo: its registers and how their values move. */
interface SimulatedDevice {
  /** A day of the demo. */
  double DAY_SECONDS = 240;

  /** What the bus sees. */
  ModbusUnit unit();

  /**
   * Writes the values of a moment into the registers.
   *
   * @param seconds since the start of the demo
   */
  void update(double seconds);

  /** A sine with the period of a day, from -1 at midnight to 1 at noon; the demo starts at dusk. */
  static double daylight(double seconds) {
    return -Math.cos(2 * Math.PI * (seconds / DAY_SECONDS + 0.75));
  }

  /** A small, quick, repeatable wobble between -1 and 1. */
  static double wobble(double seconds, double seed) {
    return (Math.sin(seconds * 1.7 + seed) + Math.sin(seconds * 0.61 + seed * 3)) / 2;
  }
}
