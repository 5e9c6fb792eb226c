package io.polegate.cloud;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** TLS over the socket of one session. Thread-safe. */
final class TlsLayer implements BrokerSockets.Layer {
  private final TlsOptions options;
  private final String host;
  private final SSLSocketFactory factory;
  private final TlsTrust trust;
  private final Optional<TlsKey> key;
  private final Map<Path, TlsFiles.Stamp> stamps;
  private volatile List<X509Certificate> broker = List.of();

  TlsLayer(
      TlsOptions options,
      String host,
      SSLSocketFactory factory,
      TlsTrust trust,
      Optional<TlsKey> key,
      Map<Path, TlsFiles.Stamp> stamps) {
    this.options = options;
    this.host = host;
    this.factory = factory;
    this.trust = trust;
    this.key = key;
    this.stamps = Map.copyOf(stamps);
  }

  @Override
  public Socket over(Socket connected) throws IOException {
    SSLSocket socket = (SSLSocket) factory.createSocket(connected, host, connected.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(options.protocols().toArray(String[]::new));
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    agree(socket);
    broker =
        Arrays.stream(socket.getSession().getPeerCertificates())
            .map(X509Certificate.class::cast)
            .toList();
    return socket;
  }

  private static void agree(SSLSocket socket) throws IOException {
    try {
      socket.startHandshake();
    } catch (SocketTimeoutException e) {
      throw new SSLException("no answer", e);
    } catch (SocketException e) {
      throw new SSLException("hung up", e);
    }
  }

  /** The files that this session was made from. */
  Map<Path, TlsFiles.Stamp> stamps() {
    return stamps;
  }

  /** The pole's own certificates, its own first; empty if it shows none. */
  List<X509Certificate> own() {
    return key.map(TlsKey::chain).orElse(List.of());
  }

  /** What leads from the broker to its authority; empty before it is connected. */
  List<X509Certificate> broker() {
    return trust.chain(broker).path();
  }

  /**
   * Looks at path and dates of the broker's certificate again.
   *
   * @throws CertificateException if it would be refused now
   */
  void check() throws CertificateException {
    if (!broker.isEmpty()) {
      trust.checkServerTrusted(broker.toArray(X509Certificate[]::new), "UNKNOWN");
    }
  }
}
