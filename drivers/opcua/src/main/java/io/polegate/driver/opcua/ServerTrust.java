package io.polegate.driver.opcua;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.util.validation.CertificateValidationUtil;
import org.jspecify.annotations.Nullable;

/**
 * Trusts a server if a person put its certificate into the folder {@code trusted}; nothing is
 * trusted because of who signed it. Looks at the folder each time. Called by Milo from its threads
 * and stateless.
 */
final class ServerTrust implements CertificateValidator {
  private final Pki pki;
  private final String server;
  private final boolean checkHost;
  private final InstantSource clock;

  /**
   * Judges the certificates of one server.
   *
   * @param server its URL, for messages
   * @param checkHost whether the certificate must name the host
   */
  ServerTrust(Pki pki, String server, boolean checkHost, InstantSource clock) {
    this.pki = pki;
    this.server = server;
    this.checkHost = checkHost;
    this.clock = clock;
  }

  @Override
  public void validateCertificateChain(
      List<X509Certificate> chain,
      @Nullable String applicationUri,
      String @Nullable [] validHostNames)
      throws UaException {
    X509Certificate certificate = chain.get(0);
    try {
      checkTrusted(certificate);
      checkDates(certificate);
    } catch (IOException | GeneralSecurityException e) {
      throw new UaException(
          StatusCodes.Bad_CertificateUntrusted,
          "cannot judge the certificate of \"" + server + "\": " + e.getMessage(),
          e);
    }
    if (applicationUri != null) {
      CertificateValidationUtil.checkApplicationUri(certificate, applicationUri);
    }
    if (checkHost && validHostNames != null) {
      checkHost(certificate, validHostNames);
    }
  }

  private void checkTrusted(X509Certificate certificate)
      throws UaException, IOException, GeneralSecurityException {
    if (pki.trustedCertificates().contains(certificate)) {
      return;
    }
    String thumbprint = thumbprint(certificate);
    throw new UaException(
        StatusCodes.Bad_CertificateUntrusted,
        "nobody has trusted the certificate that \"%s\" shows, %s with thumbprint %s: compare the"
                .formatted(server, certificate.getSubjectX500Principal().getName(), thumbprint)
            + " thumbprint with the server's, then move \"%s\" to \"%s\""
                .formatted(pki.reject(certificate, thumbprint), pki.trusted()));
  }

  private void checkDates(X509Certificate certificate) throws UaException {
    Date now = Date.from(clock.instant());
    try {
      certificate.checkValidity(now);
    } catch (CertificateNotYetValidException | CertificateExpiredException e) {
      throw new UaException(
          StatusCodes.Bad_CertificateTimeInvalid,
          "the certificate of \"%s\" is valid from %s to %s, and the clock of this gateway says %s:"
                  .formatted(
                      server,
                      certificate.getNotBefore().toInstant(),
                      certificate.getNotAfter().toInstant(),
                      now.toInstant())
              + " renew the certificate, or set the clock if that is wrong",
          e);
    }
  }

  private void checkHost(X509Certificate certificate, String[] hosts) throws UaException {
    try {
      CertificateValidationUtil.checkHostnameOrIpAddress(certificate, hosts);
    } catch (UaException e) {
      throw new UaException(
          StatusCodes.Bad_CertificateHostNameInvalid,
          "the certificate of \"%s\" does not name the host %s: renew it, or write check-host: false"
              .formatted(server, String.join(", ", hosts)),
          e);
    }
  }

  /** The SHA-1 by which OPC UA names certificates, Part 6, 6.2.2. */
  private static String thumbprint(X509Certificate certificate)
      throws CertificateException, GeneralSecurityException {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded()));
  }
}
