package io.polegate.cloud;

/** A session with the broker could not be made, or is over. */
final class SessionLostException extends Exception {
  private static final long serialVersionUID = 1L;
  private final String reason;
  private final Kind kind;

  private enum Kind {
    BROKEN,
    AGAIN,
    ELSEWHERE
  }

  /**
   * The gateway itself found out.
   *
   * @param reason for a person
   */
  SessionLostException(String reason) {
    this(reason, Kind.BROKEN);
  }

  /**
   * The client said so.
   *
   * @param reason for a person
   */
  SessionLostException(String reason, Throwable cause) {
    super(reason, cause);
    this.reason = reason;
    this.kind = Kind.BROKEN;
  }

  private SessionLostException(String reason, Kind kind) {
    super(reason);
    this.reason = reason;
    this.kind = kind;
  }

  /**
   * The session stands, and what the pole wants of it is not there: the uplink leaves in order and
   * tries the next broker.
   *
   * @param reason for a person
   */
  static SessionLostException elsewhere(String reason) {
    return new SessionLostException(reason, Kind.ELSEWHERE);
  }

  /**
   * The session stands, and a new one with the same broker should take its place: the uplink leaves
   * in order and comes again.
   *
   * @param reason for a person
   */
  static SessionLostException again(String reason) {
    return new SessionLostException(reason, Kind.AGAIN);
  }

  /** For a person; never with a password. */
  String reason() {
    return reason;
  }

  /** Whether the session stands and is to be left in order. */
  boolean isOrderly() {
    return kind != Kind.BROKEN;
  }

  /** Whether to leave in order and try the next broker. */
  boolean isElsewhere() {
    return kind == Kind.ELSEWHERE;
  }
}
