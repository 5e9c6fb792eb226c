package io.polegate.api.driver;

/**
 * Something on the far side of a driver failed. The core decides what follows; drivers never retry.
 */
public abstract sealed class DriverException extends Exception
    permits EndpointDownException, DeviceSilentException, WriteRejectedException {
  private static final long serialVersionUID = 1L;

  DriverException(String message) {
    super(message);
  }

  DriverException(String message, Throwable cause) {
    super(message, cause);
  }
}
