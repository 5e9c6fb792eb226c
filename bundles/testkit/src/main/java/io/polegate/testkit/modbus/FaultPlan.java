package io.polegate.testkit.modbus;

import java.util.function.Supplier;

/** Which answers go wrong. Thread-safe. */
final class FaultPlan {
  private Supplier<Fault> faults = () -> Fault.NONE;
  private int good;
  private int left;

  /** Plays faults in {@code times} answers, after {@code good} right ones. */
  synchronized void play(int good, int times, Supplier<Fault> faults) {
    this.good = good;
    this.left = times;
    this.faults = faults;
  }

  /** The fault to play in the next answer. */
  synchronized Fault next() {
    if (good > 0) {
      good--;
      return Fault.NONE;
    }
    if (left == 0) {
      return Fault.NONE;
    }
    left--;
    return faults.get();
  }
}
