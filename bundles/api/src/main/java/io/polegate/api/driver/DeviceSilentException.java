package io.polegate.api.driver;

/**
 * One device gave no usable answer within the time-out; its neighbours on the same endpoint may be
 * well.
 */
public final class DeviceSilentException extends DriverException {
  private static final long serialVersionUID = 1L;

  /** Says which device and what was asked. */
  public DeviceSilentException(String message) {
    super(message);
  }

  /** As above, with the error that showed it. */
  public DeviceSilentException(String message, Throwable cause) {
    super(message, cause);
  }
}
