package io.polegate.testkit.modbus;

import java.time.Duration;

/**
 * What a simulated unit does wrong when it answers.
 *
 * @param kind which mistake
 * @param delay for {@link Kind#DELAY}, else zero
 * @param code for {@link Kind#EXCEPTION}, else 0
 */
public record Fault(Kind kind, Duration delay, int code) {

  /** The mistakes. */
  public enum Kind {
    /** None. */
    NONE,
    /** No answer. */
    SILENCE,
    /** The right answer, too late. */
    DELAY,
    /** An answer with a wrong checksum (RTU) or a wrong transaction number (TCP). */
    CORRUPT,
    /** The answer of another unit. */
    WRONG_UNIT,
    /** The answer twice. */
    DUPLICATE,
    /** Noise on the line before the answer (RTU only). */
    NOISE,
    /** An exception answer. */
    EXCEPTION,
    /** The first half of the answer. */
    HALF_FRAME,
    /** The connection is reset (TCP only). */
    RESET
  }

  /** Behaves well. */
  public static final Fault NONE = of(Kind.NONE);

  /** A fault that needs no number. */
  public static Fault of(Kind kind) {
    return new Fault(kind, Duration.ZERO, 0);
  }

  /** Answers after {@code delay}; the line is held up meanwhile. */
  public static Fault late(Duration delay) {
    return new Fault(Kind.DELAY, delay, 0);
  }

  /** Answers with exception {@code code}. */
  public static Fault exception(int code) {
    return new Fault(Kind.EXCEPTION, Duration.ZERO, code);
  }
}
