package io.polegate.demo;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers for people. */
final class Figures {
  private static final MathContext FIVE = new MathContext(5);

  private Figures() {}

  /** Five significant figures without trailing zeros. */
  static String of(double number) {
    if (!Double.isFinite(number)) {
      return Double.toString(number);
    }
    BigDecimal rounded = new BigDecimal(number).round(FIVE);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
