package io.polegate.cloud;

import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * TLS of one uplink. The files are read anew for each session, so certificates are renewed by
 * putting new files in their place. Thread-safe.
 */
final class TlsLink {
  private final TlsOptions options;
  private final Supplier<TlsTime> time;

  /**
   * Reads no file yet.
   *
   * @param folder relative names of files start there
   */
  TlsLink(TlsOptions options, Path folder, Supplier<TlsTime> time) {
    this.options =
        new TlsOptions(
            options.hostName(),
            options.ca().map(folder::resolve),
            options.keyStore().map(folder::resolve),
            options.keyStorePassword(),
            options.protocols());
    this.time = time;
  }

  /**
   * Reads the files as they are now.
   *
   * @return what secures one session with this broker
   */
  TlsLayer layer(URI url) throws TlsFileException {
    // before the files are read: a change in between is found at the next look
    Map<Path, TlsFiles.Stamp> stamps = stamps();
    TlsTrust trust =
        new TlsTrust(
            TlsFiles.authorities(options.ca()),
            options.ca().map(file -> "tls.ca \"" + file + "\"").orElse("the authorities of Java"),
            time);
    Optional<TlsKey> key = key();
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(key.stream().toArray(KeyManager[]::new), new TrustManager[] {trust}, null);
      return new TlsLayer(
          options, options.host(url), context.getSocketFactory(), trust, key, stamps);
    } catch (GeneralSecurityException e) {
      throw new TlsFileException("the Java platform offers no TLS", e);
    }
  }

  /** The files as they are now. */
  Map<Path, TlsFiles.Stamp> stamps() {
    return TlsFiles.stamps(options.files());
  }

  private Optional<TlsKey> key() throws TlsFileException {
    if (options.keyStore().isEmpty()) {
      return Optional.empty();
    }
    Path file = options.keyStore().get();
    String password = options.keyStorePassword().orElse("");
    try {
      return Optional.of(TlsKey.of(TlsFiles.keyStore(file, password), password));
    } catch (GeneralSecurityException e) {
      throw new TlsFileException(
          "tls.key-store: the key in \""
              + file
              + "\" does not open: give it the same password as the file",
          e);
    }
  }
}
