package io.polegate.testkit.dlt645;

/** What a simulated meter does wrong with one answer. */
public enum MeterFault {
  /** No answer. */
  SILENCE,
  /** A sum that is wrong by one. */
  WRONG_CHECKSUM,
  /** An intact frame of another meter in place of the answer. */
  WRONG_ADDRESS,
  /** An intact answer about another datum. */
  WRONG_ID,
  /** An intact follow-up frame with another number; other answers are right. */
  WRONG_NUMBER,
  /** The first half of the answer. */
  TRUNCATED,
  /** The answer without its last byte, and another byte there. */
  NO_END,
  /** A refusal with the error word 02. */
  REFUSAL,
  /** The answer is kept back and comes just before the next answer of any meter of the line. */
  HELD_BACK,
  /** The request comes back before the answer, as from an adapter that hears itself. */
  ECHO,
  /** Bytes that mean nothing before the answer, among them beginnings of frames. */
  NOISE,
  /** An intact answer of another meter before the answer. */
  FOREIGN,
  /** The answer twice, at once. */
  DUPLICATE,
  /** Three thousand bytes that mean nothing and no answer. */
  BABBLE
}
