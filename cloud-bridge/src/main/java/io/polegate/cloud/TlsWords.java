package io.polegate.cloud;

import java.io.EOFException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in words, with the remedy, why TLS was not agreed on. */
final class TlsWords {
  /** How Java begins the message when the broker refused. */
  private static final String ALERT = "Received fatal alert: ";

  private TlsWords() {}

  /** Words for an error of TLS; empty for any other. */
  static Optional<String> of(@Nullable Throwable error, LinkOptions link, URI url) {
    TlsOptions options = link.tls();
    for (Throwable each = error; each != null; each = each.getCause()) {
      if (each instanceof TlsRefusedException refused) {
        return Optional.of("is not trusted: " + refused.getMessage());
      }
    }
    for (Throwable each = error; each != null; each = each.getCause()) {
      if (each instanceof SSLException tls) {
        return Optional.of(words(tls, options, url));
      }
    }
    return Optional.empty();
  }

  private static String words(SSLException e, TlsOptions options, URI url) {
    String message = String.valueOf(e.getMessage());
    if (message.startsWith(ALERT)) {
      return alert(message.substring(ALERT.length()), options, url);
    }
    if (message.contains("protocol version")) {
      return version(options);
    }
    if (message.startsWith("Unsupported or unrecognized SSL message")) {
      return "does not speak TLS: write the broker's port for TLS";
    }
    if (e.getCause() instanceof SocketTimeoutException) {
      return "did not answer while TLS was agreed on: check that this is the broker's port for TLS";
    }
    if (e.getCause() instanceof EOFException || e.getCause() instanceof SocketException) {
      return "hung up while TLS was agreed on: check that this is the broker's port for TLS";
    }
    return "did not agree on TLS: " + message;
  }

  private static String alert(String alert, TlsOptions options, URI url) {
    boolean own = options.keyStore().isPresent();
    return switch (alert) {
      case "certificate_required" -> wanted();
      case "handshake_failure" -> own ? "found no cipher in common with the pole" : wanted();
      case "unknown_ca" ->
          "does not know who signed the pole's certificate: have the one in tls.key-store signed"
              + " by an authority that the broker trusts";
      case "certificate_expired" ->
          "says that the pole's certificate has expired: renew the one in tls.key-store";
      case "certificate_revoked" ->
          "says that the pole's certificate was revoked: renew the one in tls.key-store";
      case "bad_certificate", "certificate_unknown", "unsupported_certificate", "access_denied" ->
          "refused the pole's certificate ("
              + alert
              + "): check the one in tls.key-store, also its dates and what it is for";
      case "protocol_version" -> version(options);
      case "unrecognized_name" ->
          "does not know itself by the name \""
              + options.host(url)
              + "\": correct url or tls.host-name";
      default -> "ended the agreement on TLS (" + alert + "): its log says why";
    };
  }

  private static String wanted() {
    return "wants a certificate of the pole: write tls.key-store and tls.key-store-password";
  }

  private static String version(TlsOptions options) {
    return "does not speak "
        + String.join(" or ", options.protocols()).replace("TLSv", "TLS ")
        + ": set the broker up for it, or write another tls.versions";
  }
}
