package io.polegate.api.driver;

/**
 * The device answered a write with an error, or the value cannot be expressed at the point. Nothing
 * was changed.
 */
public final class WriteRejectedException extends DriverException {
  private static final long serialVersionUID = 1L;

  /** Says why, for a person: {@code exception 3: illegal data value}. */
  public WriteRejectedException(String message) {
    super(message);
  }

  /** As above, with the error that showed it. */
  public WriteRejectedException(String message, Throwable cause) {
    super(message, cause);
  }
}
