package io.polegate.cloud;

/** What becomes of a message with journal items inside. Any thread; none of it blocks. */
@FunctionalInterface
interface Acknowledgement {

  /** The side that answers for the items has them: the cursor may go on behind them. */
  void acknowledged();

  /**
   * The broker has the message, and who answers for the items has not spoken yet: if the session
   * breaks, this message was not the cause.
   */
  default void taken() {}
}
