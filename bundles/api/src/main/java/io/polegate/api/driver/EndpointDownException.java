package io.polegate.api.driver;

/**
 * The endpoint itself is gone (no such port, connection refused or lost): nothing on this bus can
 * be reached.
 */
public final class EndpointDownException extends DriverException {
  private static final long serialVersionUID = 1L;

  /** Says what is gone, lower case, with the resource in quotes. */
  public EndpointDownException(String message) {
    super(message);
  }

  /** As above, with the error that showed it. */
  public EndpointDownException(String message, Throwable cause) {
    super(message, cause);
  }
}
