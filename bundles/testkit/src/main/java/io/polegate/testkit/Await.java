package io.polegate.testkit;

import java.time.Duration;

/** Waits for what other threads or processes do. */
public final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long STEP_MILLIS = 5;

  private Await() {}

  /**
   * Something that will come true.
   *
   * @param <E> what looking may throw
   */
  @FunctionalInterface
  public interface Condition<E extends Exception> {
    /** Looks. */
    boolean holds() throws E;
  }

  /**
   * Returns as soon as the condition holds; looks every few milliseconds.
   *
   * @param what the condition in words, for the failure
   * @throws AssertionError if it does not hold after 30 seconds
   * @throws E what the condition throws
   */
  public static <E extends Exception> void until(String what, Condition<E> condition) throws E {
    until(what, PATIENCE, condition);
  }

  /** As above with another patience. */
  public static <E extends Exception> void until(
      String what, Duration patience, Condition<E> condition) throws E {
    long start = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - start > patience.toNanos()) {
        throw new AssertionError("waited in vain for: " + what);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(STEP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting", e);
    }
  }
}
