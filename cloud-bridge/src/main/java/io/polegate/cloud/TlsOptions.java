package io.polegate.cloud;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How one connection is secured.
 *
 * @param host whose name the broker's certificate has to bear
 * @param ca authorities that may have signed the broker's certificate; empty for those of the Java
 *     runtime
 * @param keyStore key and certificate of the pole
 * @param keyStorePassword opens the key store
 * @param protocols as Java calls them
 */
record TlsOptions(
    String host,
    Optional<Path> ca,
    Optional<Path> keyStore,
    Optional<String> keyStorePassword,
    List<String> protocols) {

  TlsOptions {
    protocols = List.copyOf(protocols);
  }

  /** Files that the options name. */
  List<Path> files() {
    return List.of(ca, keyStore).stream().flatMap(Optional::stream).toList();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "TlsOptions[" + host + " " + files() + " " + protocols + "]";
  }
}
