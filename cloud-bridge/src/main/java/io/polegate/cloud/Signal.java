package io.polegate.cloud;

import java.util.concurrent.TimeUnit;

/** Wakes one waiting thread; a signal raised before the wait is not lost. Thread-safe. */
final class Signal {
  private boolean raised;

  synchronized void raise() {
    raised = true;
    notifyAll();
  }

  /** Returns at the next signal, or after so long. */
  synchronized void await(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    long left = nanos;
    while (!raised && left > 0) {
      // a wait of 0 ms would be for ever
      wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
      left = deadline - System.nanoTime();
    }
    raised = false;
  }
}
