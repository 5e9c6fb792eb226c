package io.polegate.cloud;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a broker whose certificate leads to one of the authorities, bears its name and is valid.
 * All of it is judged by the Java platform; ours is only the date. While the clock is not trusted,
 * the date is the earliest that the present can be, or when the newest certificate of the path
 * began, whichever is later: what has expired by then is refused, and a certificate that was
 * renewed since the pole last knew the time does not lock it out. Thread-safe.
 */
final class TlsTrust extends X509ExtendedTrustManager {
  private final List<X509Certificate> authorities;
  private final String source;
  private final Supplier<TlsTime> time;

  /**
   * Trusts these authorities.
   *
   * @param source where they come from, for a person
   */
  TlsTrust(Collection<X509Certificate> authorities, String source, Supplier<TlsTime> time) {
    this.authorities = List.copyOf(authorities);
    this.source = source;
    this.time = time;
  }

  /** One judgement of the Java platform. */
  private interface Judgement {
    void by(X509ExtendedTrustManager judge) throws CertificateException;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain, judge -> judge.checkServerTrusted(chain, authType, socket), authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, judge -> judge.checkServerTrusted(chain, authType, engine), authType);
  }

  /** Checks path and dates again, for instance when the clock has become trusted. */
  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain, judge -> judge.checkServerTrusted(chain, authType), authType);
  }

  /** What of a broker's certificates leads to one of the authorities. */
  TlsChain chain(List<X509Certificate> presented) {
    return TlsChain.of(presented, authorities);
  }

  private void check(X509Certificate[] chain, Judgement judgement, String authType)
      throws CertificateException {
    TlsChain path = chain(List.of(chain));
    TlsTime now = time.get();
    Instant date = now.trusted() ? now.instant() : later(now.instant(), path.begins());
    try {
      judgement.by(judge(date));
      // Java takes a certificate that is itself among the authorities without a look at its dates
      chain[0].checkValidity(Date.from(date));
    } catch (CertificateException e) {
      throw refusal(e, path, new TlsTime(date, now.trusted()), authType);
    }
  }

  private TlsRefusedException refusal(
      CertificateException e, TlsChain path, TlsTime date, String authType) {
    if (e.getClass() == CertificateException.class && e.getCause() == null) {
      return new TlsRefusedException(path.otherName(), e);
    }
    if (!path.valid(date.instant()) && leadsToAnAuthority(path, authType)) {
      return new TlsRefusedException(path.outOfDate(date), e);
    }
    if (noPath(e)) {
      return new TlsRefusedException(path.unknownAuthority(source), e);
    }
    return new TlsRefusedException(path.unfit(e), e);
  }

  /** Whether there is nothing wrong but the date. */
  @SuppressWarnings("UnusedException") // the first refusal is the one that is told
  private boolean leadsToAnAuthority(TlsChain path, String authType) {
    try {
      X509Certificate[] chain = path.presented().toArray(X509Certificate[]::new);
      judge(path.begins()).checkServerTrusted(chain, authType);
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  private static boolean noPath(Throwable e) {
    for (Throwable each = e; each != null; each = each.getCause()) {
      if (each instanceof CertPathBuilderException
          || (each instanceof CertPathValidatorException invalid
              && invalid.getReason() == PKIXReason.NO_TRUST_ANCHOR)) {
        return true;
      }
    }
    return false;
  }

  private X509ExtendedTrustManager judge(Instant date) throws CertificateException {
    try {
      Set<TrustAnchor> anchors =
          authorities.stream().map(one -> new TrustAnchor(one, null)).collect(Collectors.toSet());
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
      // lists of revoked certificates cannot be fetched from most poles' networks
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(date));
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(new CertPathTrustManagerParameters(parameters));
      return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    } catch (GeneralSecurityException e) {
      throw new CertificateException("the Java platform cannot check certificates", e);
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.toArray(X509Certificate[]::new);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("a pole serves nobody");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("a pole serves nobody");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("a pole serves nobody");
  }
}
