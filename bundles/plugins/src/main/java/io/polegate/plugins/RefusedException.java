package io.polegate.plugins;

/** A jar is not started; the message says why and what to do, one line, for an integrator. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  RefusedException(String message) {
    super(message);
  }

  RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
