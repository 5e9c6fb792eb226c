package io.polegate.driver.opcua;

import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/** The server answered a whole request with an error, and the session lives. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient StatusCode status;

  RefusedException(StatusCode status) {
    super(Statuses.name(status));
    this.status = status;
  }

  RefusedException(StatusCode status, Throwable cause) {
    super(Statuses.name(status), cause);
    this.status = status;
  }

  StatusCode status() {
    return status;
  }
}
