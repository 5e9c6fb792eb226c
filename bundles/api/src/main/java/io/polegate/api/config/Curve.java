package io.polegate.api.config;

/** What lies between raw numbers and the unit. */
public enum Curve {
  /** Proportional. */
  LINEAR,
  /**
   * Arc power levels 0 to 254 of DALI to percent of the light, logarithmic: 0 is off, n is 10^((n -
   * 1) / (253 / 3) - 1) percent (IEC 62386-102).
   */
  DALI;

  private static final double LEVELS_PER_DECADE = 253.0 / 3;

  /** From the raw number. */
  double toUnit(double raw) {
    if (this == LINEAR) {
      return raw;
    }
    return raw < 1 ? 0 : Math.pow(10, (raw - 1) / LEVELS_PER_DECADE - 1);
  }

  /** To the raw number, which may have a fraction. */
  double toRaw(double unit) {
    if (this == LINEAR) {
      return unit;
    }
    return unit <= 0 ? 0 : Math.max(1, 1 + (Math.log10(unit) + 1) * LEVELS_PER_DECADE);
  }
}
