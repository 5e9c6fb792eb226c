package io.polegate.core.clock;

/**
 * What the time services of the system say.
 *
 * @param state of all of them together
 * @param message which one says so, and why it is not synchronised; for a person
 */
record TimeWord(State state, String message) {
  /** No time service runs on this machine. */
  static final TimeWord NOBODY = new TimeWord(State.NOBODY, "no time service runs here");

  /** How far they are. */
  enum State {
    /** There is none. */
    NOBODY,
    /** It has no time yet. */
    NOT_YET,
    /** The system clock is right. */
    SYNCHRONISED
  }

  boolean isSynchronised() {
    return state == State.SYNCHRONISED;
  }
}
