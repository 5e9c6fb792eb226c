package io.polegate.testkit.modbus;

/** Ends the simulators' threads. */
final class Threads {
  private static final long PATIENCE_MILLIS = 5_000;

  private Threads() {}

  /** Interrupts and waits. */
  static void end(Thread thread) {
    thread.interrupt();
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
