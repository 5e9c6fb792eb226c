package io.polegate.cloud;

/** A session with the broker could not be made, or is over. */
final class SessionLostException extends Exception {
  private static final long serialVersionUID = 1L;
  private final String reason;

  /**
   * The gateway itself found out.
   *
   * @param reason for a person
   */
  SessionLostException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /**
   * The client said so.
   *
   * @param reason for a person
   */
  SessionLostException(String reason, Throwable cause) {
    super(reason, cause);
    this.reason = reason;
  }

  /** For a person; never with a password. */
  String reason() {
    return reason;
  }
}
