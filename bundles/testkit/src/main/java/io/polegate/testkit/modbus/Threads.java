package io.polegate.testkit.modbus;

import java.io.IOException;
import java.util.Objects;

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

  /** Marks an error that only says that the other side has gone. */
  static void endOfWork(IOException expected) {
    Objects.requireNonNull(expected);
  }
}
