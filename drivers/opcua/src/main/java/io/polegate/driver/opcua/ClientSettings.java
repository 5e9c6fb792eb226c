package io.polegate.driver.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.polegate.api.driver.EndpointDownException;
import io.polegate.driver.opcua.OpcUaBus.User;
import io.polegate.driver.opcua.OpcUaSettings.Security;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfigBuilder;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.sdk.client.identity.IdentityProvider;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.sdk.client.identity.X509IdentityProvider;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;

/** What Milo's client is told before it connects. Reads the files with certificates. */
final class ClientSettings {
  private static final Duration LONGEST_KEEP_ALIVE = Duration.ofSeconds(5);

  private final OpcUaBus bus;
  private final Pki pki;
  private final ServerTrust trust;

  ClientSettings(OpcUaBus bus, Pki pki) {
    this.bus = bus;
    this.pki = pki;
    this.trust = new ServerTrust(pki, bus.url().text(), bus.checkHost(), InstantSource.system());
  }

  /**
   * The settings for a server.
   *
   * @param offers its endpoints
   * @throws EndpointDownException if none can be used, or the server is not trusted
   */
  OpcUaClientConfig of(List<EndpointDescription> offers) throws EndpointDownException {
    Discovery discovery = new Discovery(bus);
    EndpointDescription offered = discovery.choose(offers);
    EndpointDescription endpoint = with(offered, discovery.userPolicy(offered));
    OpcUaClientConfigBuilder builder =
        OpcUaClientConfig.builder()
            .setApplicationName(LocalizedText.english("Polegate"))
            .setProductUri("urn:polegate")
            .setApplicationUri("urn:polegate:anonymous")
            .setSessionName(() -> "polegate")
            .setEndpoint(endpoint)
            .setDiscoveryEndpoints(offers)
            .setSessionEndpointValidationEnabled(true)
            .setCertificateValidator(trust)
            .setRequestTimeout(uint(bus.timeout().toMillis()))
            .setSessionTimeout(uint(bus.sessionTimeout().toMillis()))
            .setKeepAliveInterval(uint(keepAlive().toMillis()))
            .setKeepAliveTimeout(uint(bus.timeout().toMillis()));
    try {
      if (bus.security() != Security.NONE) {
        secure(builder, endpoint);
      }
      return builder.setIdentityProvider(user()).build();
    } catch (UaException e) {
      throw new EndpointDownException(Faults.inWords(bus, e), e);
    } catch (IOException | GeneralSecurityException e) {
      throw new EndpointDownException("cannot use a certificate or key: " + e, e);
    }
  }

  /** Proves the server before anything is sent to it that only it should see. */
  private void secure(OpcUaClientConfigBuilder builder, EndpointDescription endpoint)
      throws UaException, IOException, GeneralSecurityException {
    trust.validateCertificateChain(
        CertificateUtil.decodeCertificates(endpoint.getServerCertificate().bytesOrEmpty()),
        endpoint.getServer().getApplicationUri(),
        new String[] {bus.url().host()});
    Pki.Identity own = pki.own();
    builder
        .setKeyPair(own.keys())
        .setCertificate(own.certificate())
        .setCertificateChain(new X509Certificate[] {own.certificate()})
        .setApplicationUri(CertificateUtil.getSanUri(own.certificate()).orElseThrow());
  }

  private IdentityProvider user() throws IOException, GeneralSecurityException {
    if (bus.user() instanceof User.Named named) {
      return new UsernameProvider(
          named.name(), () -> named.password().getBytes(StandardCharsets.UTF_8), trust);
    }
    if (bus.user() instanceof User.Certified certified) {
      Pki.Identity identity = Pki.identity(certified.certificate(), certified.key());
      return new X509IdentityProvider(identity.certificate(), identity.keys().getPrivate());
    }
    return new AnonymousProvider();
  }

  private Duration keepAlive() {
    Duration half = bus.sessionTimeout().dividedBy(2);
    return half.compareTo(LONGEST_KEEP_ALIVE) < 0 ? half : LONGEST_KEEP_ALIVE;
  }

  /** Milo takes the first policy of a kind, so it is shown only the one that was chosen. */
  private static EndpointDescription with(EndpointDescription endpoint, UserTokenPolicy policy) {
    return new EndpointDescription(
        endpoint.getEndpointUrl(),
        endpoint.getServer(),
        endpoint.getServerCertificate(),
        endpoint.getSecurityMode(),
        endpoint.getSecurityPolicyUri(),
        new UserTokenPolicy[] {policy},
        endpoint.getTransportProfileUri(),
        endpoint.getSecurityLevel());
  }
}
