package io.polegate.cloud;

import java.security.cert.CertificateException;

/** The broker's certificate is not good enough; the message says why and what to do. */
final class TlsRefusedException extends CertificateException {
  private static final long serialVersionUID = 1L;

  TlsRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
