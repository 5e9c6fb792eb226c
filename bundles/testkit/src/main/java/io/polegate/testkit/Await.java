package io.polegate.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what other threads or processes do. */
public final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long STEP_MILLIS = 5;

  private Await() {}

  /**
   * Returns as soon as the condition holds; looks every few milliseconds.
   *
   * @param what the condition in words, for the failure
   * @throws AssertionError if it does not hold after 20 seconds
   * @throws Exception what the condition throws
   */
  public static void until(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited in vain for: " + what);
      }
      Thread.sleep(STEP_MILLIS);
    }
  }
}
