package io.polegate.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * What a wire and the devices on it take: pseudo-terminals and loopback connections take next to
 * nothing. Immutable.
 *
 * @param character transmission of one
 * @param thinking from the end of a request to the start of its answer
 */
public record Pace(Duration character, Duration thinking) {
  /** Answers at once. */
  public static final Pace NONE = new Pace(Duration.ZERO, Duration.ZERO);

  private static final long SECOND = 1_000_000_000L;

  /**
   * Of a serial line.
   *
   * @param baud bits per second
   * @param bits of a character with start, parity and stop, usually 10 or 11
   */
  public static Pace ofLine(int baud, int bits, Duration thinking) {
    return new Pace(Duration.ofNanos(bits * SECOND / baud), thinking);
  }

  /**
   * Returns when an answer has come whole.
   *
   * @param askedNanos when the request was given away, on the clock of {@link System#nanoTime}
   * @param characters of request and answer
   */
  public void await(long askedNanos, int characters) throws InterruptedException {
    long until = askedNanos + thinking.plus(character.multipliedBy(characters)).toNanos();
    for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException("nobody waits for the answer any more");
      }
    }
  }
}
