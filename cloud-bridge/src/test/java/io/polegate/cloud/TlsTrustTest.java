package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.testkit.tls.Authority;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is trusted at which time. */
final class TlsTrustTest {
  private static final Instant BEGIN = Instant.parse("2026-06-01T00:00:00Z");
  private static final Instant END = Instant.parse("2026-09-01T00:00:00Z");
  private static final Instant BETWEEN = Instant.parse("2026-07-01T00:00:00Z");
  private static final Instant BOOT_1970 = Instant.parse("1970-01-01T00:01:00Z");

  private static X509Certificate city;
  private static X509Certificate other;
  private static X509Certificate broker;
  private static X509Certificate clientOnly;

  @BeforeAll
  static void issue(@TempDir Path folder) throws Exception {
    Authority cityAuthority = Authority.in(folder, "city");
    city = Certificates.read(cityAuthority.certificate());
    other = Certificates.read(Authority.in(folder, "other").certificate());
    broker = Certificates.read(cityAuthority.issue("broker", BEGIN, END, "DNS:a.b").certificate());
    clientOnly =
        Certificates.read(
            cityAuthority.sign("client", BEGIN, END, "extendedKeyUsage=clientAuth").certificate());
  }

  private static void check(X509Certificate anchor, Instant now, boolean trusted, X509Certificate c)
      throws Exception {
    new TlsTrust(List.of(anchor), "tls.ca \"ca.pem\"", () -> new TlsTime(now, trusted))
        .checkServerTrusted(new X509Certificate[] {c}, "UNKNOWN");
  }

  @Test
  void aCertificateIsTrustedBetweenItsDates() {
    assertThatCode(() -> check(city, BETWEEN, true, broker)).doesNotThrowAnyException();
    assertThatCode(() -> check(city, BETWEEN, false, broker)).doesNotThrowAnyException();
  }

  @Test
  void anExpiredOneIsRefused() {
    assertThatThrownBy(() -> check(city, END.plusSeconds(1), true, broker))
        .isInstanceOf(TlsRefusedException.class)
        .hasMessage(
            "certificate \"CN=broker\" expired at 2026-09-01T00:00:00Z, and the pole's clock says"
                + " 2026-09-01T00:00:01Z: renew it at the broker");
  }

  @Test
  void whatHasExpiredAtTheFloorIsRefusedAlsoWithoutATrustedClock() {
    assertThatThrownBy(() -> check(city, END.plusSeconds(1), false, broker))
        .isInstanceOf(TlsRefusedException.class)
        .hasMessage(
            "certificate \"CN=broker\" expired at 2026-09-01T00:00:00Z, and it is at least"
                + " 2026-09-01T00:00:01Z: renew it at the broker");
  }

  @Test
  void oneOfTheFutureIsRefusedWhileTheClockIsTrusted() {
    assertThatThrownBy(() -> check(city, BEGIN.minusSeconds(1), true, broker))
        .isInstanceOf(TlsRefusedException.class)
        .hasMessageStartingWith("certificate \"CN=broker\" is not valid before ")
        .hasMessageEndingWith(
            ", and the pole's clock says 2026-05-31T23:59:59Z: correct the clock, or the"
                + " certificate at the broker");
  }

  @Test
  void oneThatIsYoungerThanTheFloorIsNoneOfTheFutureWithoutATrustedClock() {
    assertThatCode(() -> check(city, BOOT_1970, false, broker)).doesNotThrowAnyException();
  }

  @Test
  void withoutATrustedClockTheAuthorityStillCounts() {
    assertThatThrownBy(() -> check(other, BOOT_1970, false, broker))
        .isInstanceOf(TlsRefusedException.class)
        .hasMessage(
            "certificate \"CN=broker\" was signed by \"CN=city\", which is not among tls.ca"
                + " \"ca.pem\": put the certificate of that authority there if the broker is the"
                + " right one");
  }

  @Test
  void aStrangersCertificateIsNotCalledExpired() {
    assertThatThrownBy(() -> check(other, END.plusSeconds(1), true, broker))
        .hasMessageContaining("was signed by");
  }

  @Test
  void aCertificateThatIsItselfAmongTheAuthoritiesExpiresToo() {
    assertThatCode(() -> check(broker, BETWEEN, true, broker)).doesNotThrowAnyException();
    assertThatThrownBy(() -> check(broker, END.plusSeconds(1), true, broker))
        .hasMessageContaining("expired at 2026-09-01");
  }

  @Test
  void aCertificateForClientsIsNoBrokers() {
    assertThatThrownBy(() -> check(city, BETWEEN, true, clientOnly))
        .isInstanceOf(TlsRefusedException.class)
        .hasMessage(
            "certificate \"CN=client\" is not fit for a broker: Extended key usage does not permit"
                + " use for TLS server authentication");
  }
}
