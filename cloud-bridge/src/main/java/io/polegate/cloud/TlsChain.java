package io.polegate.cloud;

import static java.util.stream.Collectors.toSet;

import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * A broker's certificate with those that lead to its authority, and what can be said of it to a
 * person. Immutable.
 *
 * @param presented all that the broker sent
 * @param path those of it that follow from each other, the broker's own first
 */
record TlsChain(List<X509Certificate> presented, List<X509Certificate> path) {
  private static final int MOST_CHARACTERS = 120;
  private static final int MOST_NAMES = 5;

  TlsChain {
    presented = List.copyOf(presented);
    path = List.copyOf(path);
  }

  /**
   * Leaves out what belongs to other paths, which may have expired long ago without harm, and the
   * authority, whose own copy counts.
   */
  static TlsChain of(List<X509Certificate> presented, List<X509Certificate> authorities) {
    Set<X500Principal> trusted =
        authorities.stream().map(X509Certificate::getSubjectX500Principal).collect(toSet());
    List<X509Certificate> path = new ArrayList<>();
    Optional<X509Certificate> next = presented.stream().findFirst();
    while (next.isPresent() && !path.contains(next.get())) {
      X509Certificate last = next.get();
      path.add(last);
      next =
          presented.stream()
              .filter(one -> one.getSubjectX500Principal().equals(last.getIssuerX500Principal()))
              .filter(one -> !trusted.contains(one.getSubjectX500Principal()))
              .findFirst();
    }
    return new TlsChain(presented, path);
  }

  /** The first moment at which all of the path had begun. */
  Instant begins() {
    return path.stream()
        .map(one -> one.getNotBefore().toInstant())
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  /** Whether all of the path is valid then. */
  boolean valid(Instant date) {
    return path.stream().allMatch(one -> begun(one, date) && !ended(one, date));
  }

  /** Words for a path that is not {@link #valid}. */
  String outOfDate(TlsTime date) {
    String clock = (date.trusted() ? "the pole's clock says " : "it is at least ") + date.instant();
    for (X509Certificate one : path) {
      if (ended(one, date.instant())) {
        return name(one)
            + " expired at "
            + one.getNotAfter().toInstant()
            + ", and "
            + clock
            + ": renew it at the broker";
      }
    }
    return name(path.get(0))
        + " is not valid before "
        + begins()
        + ", and "
        + clock
        + ": correct the clock, or the certificate at the broker";
  }

  /** Words for a path that leads to nobody whom we know. */
  String unknownAuthority(String source) {
    return name(path.get(0))
        + " was signed by "
        + quoted(path.get(path.size() - 1).getIssuerX500Principal().getName())
        + ", which is not among "
        + source
        + ": put the certificate of that authority there if the broker is the right one";
  }

  /** Words for a certificate of somebody else. */
  String otherName() {
    return name(path.get(0))
        + " is for "
        + String.join(", ", names())
        + ": correct the host in url, or write one of these names as tls.host-name if the broker is"
        + " the right one";
  }

  /** Words for anything else. */
  String unfit(CertificateException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return name(path.get(0))
        + " is not fit for a broker: "
        + clean(String.valueOf(root.getMessage()));
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> others = path.get(0).getSubjectAlternativeNames();
      if (others != null) {
        others.stream().limit(MOST_NAMES).forEach(one -> names.add(quoted("" + one.get(1))));
      }
    } catch (CertificateParsingException e) {
      names.add("names that cannot be read (" + clean("" + e.getMessage()) + ")");
    }
    return names.isEmpty() ? List.of("no host at all") : names;
  }

  private static boolean begun(X509Certificate one, Instant date) {
    return !one.getNotBefore().toInstant().isAfter(date);
  }

  private static boolean ended(X509Certificate one, Instant date) {
    return one.getNotAfter().toInstant().isBefore(date);
  }

  private static String name(X509Certificate one) {
    return "certificate " + subject(one);
  }

  /** Whose certificate it is, in quotes. */
  static String subject(X509Certificate one) {
    return quoted(one.getSubjectX500Principal().getName());
  }

  private static String quoted(String text) {
    return "\"" + clean(text) + "\"";
  }

  /** Strangers write these texts. */
  private static String clean(String text) {
    String printable = text.replaceAll("[^\\x20-\\x7e\\p{L}\\p{N}]", "?").replace('"', '\'');
    return printable.length() <= MOST_CHARACTERS
        ? printable
        : printable.substring(0, MOST_CHARACTERS) + "…";
  }
}
