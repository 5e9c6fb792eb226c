package io.polegate.bench;

import java.io.PrintStream;
import java.util.Locale;

/** Writes the figures down. */
final class Report {
  private static final double PERCENT = 100;

  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
  }

  void title(String text) {
    out.println();
    out.println("== " + text);
  }

  void line(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
  }

  void rates(String name, Samples rates, String unit) {
    line(
        "%-34s %,12.0f %s (median of %d; %,.0f to %,.0f)",
        name, rates.median(), unit, rates.all().size(), rates.lowest(), rates.highest());
  }

  void ratio(String name, Samples ratio) {
    line(
        "%-34s %12.2f (median of the rounds' ratios; %.2f to %.2f, spread %.0f %%)",
        name,
        ratio.median(),
        ratio.lowest(),
        ratio.highest(),
        PERCENT * (ratio.highest() - ratio.lowest()) / ratio.median());
  }

  void atLeast(String what, double goal, double measured) {
    goal(what + " >= " + plain(goal), measured >= goal, measured);
  }

  void atMost(String what, double goal, double measured) {
    goal(what + " <= " + plain(goal), measured <= goal, measured);
  }

  private void goal(String text, boolean met, double measured) {
    line("goal: %s: %s (%.2f)", text, met ? "MET" : "MISSED", measured);
  }

  private static String plain(double goal) {
    return goal == Math.rint(goal) ? Long.toString((long) goal) : Double.toString(goal);
  }
}
