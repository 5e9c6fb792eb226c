package io.polegate.cloud;

/** A session with the broker could not be made, or is over. */
final class SessionLostException extends Exception {
  private static final long serialVersionUID = 1L;
  private final String reason;
  private final boolean elsewhere;

  /**
   * The gateway itself found out.
   *
   * @param reason for a person
   */
  SessionLostException(String reason) {
    this(reason, false);
  }

  /**
   * The client said so.
   *
   * @param reason for a person
   */
  SessionLostException(String reason, Throwable cause) {
    super(reason, cause);
    this.reason = reason;
    this.elsewhere = false;
  }

  private SessionLostException(String reason, boolean elsewhere) {
    super(reason);
    this.reason = reason;
    this.elsewhere = elsewhere;
  }

  /**
   * The session stands, and what the pole wants of it is not there: the uplink leaves in order and
   * tries the next broker.
   *
   * @param reason for a person
   */
  static SessionLostException elsewhere(String reason) {
    return new SessionLostException(reason, true);
  }

  /** For a person; never with a password. */
  String reason() {
    return reason;
  }

  /** Whether to leave in order and try the next broker. */
  boolean isElsewhere() {
    return elsewhere;
  }
}
