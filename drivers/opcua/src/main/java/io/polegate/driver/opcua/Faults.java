package io.polegate.driver.opcua;

import io.polegate.driver.opcua.OpcUaSettings.Security;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;

/** Why a server cannot be used, for the person who has to cure it. Pure. */
final class Faults {
  private Faults() {}

  static String inWords(OpcUaBus bus, Throwable cause) {
    String server = "server \"" + bus.url().text() + "\"";
    UaException error = UaException.extract(cause).orElse(null);
    if (error == null) {
      return "cannot reach " + server + ": " + root(cause);
    }
    long code = error.getStatusCode().value();
    if (code == StatusCodes.Bad_CertificateUntrusted
        || code == StatusCodes.Bad_CertificateTimeInvalid
        || code == StatusCodes.Bad_CertificateHostNameInvalid) {
      return text(error);
    }
    String status = Statuses.name(error.getStatusCode());
    if (code == StatusCodes.Bad_UserAccessDenied
        || code == StatusCodes.Bad_IdentityTokenRejected
        || code == StatusCodes.Bad_IdentityTokenInvalid) {
      return server + " refuses the user: " + status;
    }
    if (code == StatusCodes.Bad_SecurityChecksFailed && bus.security() != Security.NONE) {
      return server
          + " refuses the secure connection ("
          + status
          + "): make it trust own/certificate.der in this gateway's folder of certificates";
    }
    return "cannot use " + server + ": " + status + ", " + root(cause);
  }

  private static String text(UaException error) {
    String message = error.getMessage();
    return message == null ? Statuses.name(error.getStatusCode()) : message;
  }

  private static String root(Throwable cause) {
    Throwable deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = deepest.getMessage();
    return message == null ? deepest.getClass().getSimpleName() : message;
  }
}
