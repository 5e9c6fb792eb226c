package io.polegate.cloud;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How one connection is secured.
 *
 * @param hostName what the broker's certificate has to bear; empty for the host of the url
 * @param ca authorities that may have signed the broker's certificate; empty for those of the Java
 *     runtime
 * @param keyStore key and certificate of the pole
 * @param keyStorePassword opens the key store
 * @param protocols as Java calls them
 */
record TlsOptions(
    Optional<String> hostName,
    Optional<Path> ca,
    Optional<Path> keyStore,
    Optional<String> keyStorePassword,
    List<String> protocols) {

  TlsOptions {
    protocols = List.copyOf(protocols);
  }

  /** Whose name the certificate of this broker has to bear. */
  String host(URI url) {
    return hostName.orElse(bare(url.getHost()));
  }

  /** An IPv6 address stands in brackets in a url, and nowhere else. */
  static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** Files that the options name. */
  List<Path> files() {
    return List.of(ca, keyStore).stream().flatMap(Optional::stream).toList();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "TlsOptions[" + hostName + " " + files() + " " + protocols + "]";
  }
}
