package io.polegate.testkit.modbus;

import java.time.Duration;

/**
 * What a simulated unit does wrong when it answers.
 *
 * @param kind which mistake
 * @param delay for {@link Kind#DELAY} and {@link Kind#SPLIT}, else zero
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
    /** An answer with a wrong checksum, or in Modbus TCP with a wrong transaction number. */
    CORRUPT,
    /** The answer of another unit. */
    WRONG_UNIT,
    /** The answer to another function: input registers for holding registers and so on. */
    WRONG_FUNCTION,
    /** An intact answer with one register or byte of coils too many, to a read. */
    WRONG_COUNT,
    /** The answer twice. */
    DUPLICATE,
    /** Noise before the answer; in Modbus TCP, where none can be, the answer is right. */
    NOISE,
    /** A frame of another device to everybody (unit 0) before the answer. */
    FOREIGN_BROADCAST,
    /** An exception answer. */
    EXCEPTION,
    /** The first half of the answer; a connection is closed then. */
    HALF_FRAME,
    /** The first half of the answer, and the rest after the delay. */
    SPLIT,
    /**
     * The answer is kept back and comes just before the next answer of another unit on this line or
     * connection. In Modbus TCP before the next answer of any unit.
     */
    HELD_BACK,
    /** The connection is reset; on a line there is silence. */
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

  /** Answers in two halves with {@code pause} between them; the line is held up meanwhile. */
  public static Fault split(Duration pause) {
    return new Fault(Kind.SPLIT, pause, 0);
  }

  /** Answers with exception {@code code}. */
  public static Fault exception(int code) {
    return new Fault(Kind.EXCEPTION, Duration.ZERO, code);
  }
}
