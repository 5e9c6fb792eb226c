package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.Ports;
import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.tls.Authority;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which TLS with a real broker may be refused, and what is said about it. */
final class TlsRefusalTest {
  private final TlsRig rig;

  TlsRefusalTest(@TempDir Path folder) throws Exception {
    this.rig = new TlsRig(folder);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void tls12WillDoUnlessItIsLeftOut() throws Exception {
    try (Mosquitto broker = rig.broker("tls_version tlsv1.3")) {
      rig.connect(broker, rig.city.certificate(), "tls.versions", "1.2");
      rig.assertRefused(
          TlsRig.quoted(broker)
              + " does not speak TLS 1.2: set the broker up for it, or write another tls.versions");
    }
    try (Mosquitto broker = rig.broker("tls_version tlsv1.2")) {
      rig.connect(broker, rig.city.certificate(), "tls.versions", "1.2");
      rig.pole.awaitConnected();
    }
  }

  @Test
  void aBrokerOfAnotherAuthorityIsRefused() throws Exception {
    Authority other = Authority.in(rig.folder, "other");
    try (Mosquitto broker = rig.broker()) {
      rig.connect(broker, other.certificate());
      rig.assertRefused(
          TlsRig.quoted(broker)
              + " is not trusted: certificate \"CN=broker\" was signed by \"CN=city\", which is not"
              + " among tls.ca \""
              + other.certificate()
              + "\": put the certificate of that authority there if the broker is the right one");
    }
  }

  @Test
  void anExpiredBrokerIsRefused() throws Exception {
    Instant end = rig.now.minusSeconds(60);
    Authority.Issued old =
        rig.city.issue("old", end.minus(Duration.ofDays(9)), end, "DNS:localhost");
    try (Mosquitto broker = Mosquitto.startSecured(rig.folder, rig.city, old)) {
      rig.connect(broker, rig.city.certificate());
      rig.assertRefused(
          TlsRig.quoted(broker)
              + " is not trusted: certificate \"CN=old\" expired at "
              + end
              + ", and the pole's clock says "
              + rig.now
              + ": renew it at the broker");
    }
  }

  @Test
  void aBrokerOfTomorrowIsRefused() throws Exception {
    Instant begin = rig.now.plus(Duration.ofDays(1));
    Authority.Issued young =
        rig.city.issue("young", begin, begin.plus(Duration.ofDays(9)), "DNS:localhost");
    try (Mosquitto broker = Mosquitto.startSecured(rig.folder, rig.city, young)) {
      rig.connect(broker, rig.city.certificate());
      rig.assertRefused(
          TlsRig.quoted(broker)
              + " is not trusted: certificate \"CN=young\" is not valid before "
              + begin
              + ", and the pole's clock says "
              + rig.now
              + ": correct the clock, or the certificate at the broker");
    }
  }

  @Test
  void aBrokerOfAnotherNameIsRefusedUnlessTheNameIsExpected() throws Exception {
    Authority.Issued elsewhere =
        rig.city.issue("elsewhere", "DNS:mqtt.city.example", "IP:10.0.0.1");
    try (Mosquitto broker = Mosquitto.startSecured(rig.folder, rig.city, elsewhere)) {
      rig.connect(broker, rig.city.certificate());
      rig.assertRefused(
          TlsRig.quoted(broker)
              + " is not trusted: certificate \"CN=elsewhere\" is for \"mqtt.city.example\","
              + " \"10.0.0.1\": correct the host in url, or write one of these names as"
              + " tls.host-name if the broker is the right one");
      rig.connect(broker, rig.city.certificate(), "tls.host-name", "mqtt.city.example");
      rig.pole.awaitConnected();
    }
  }

  @Test
  void aBrokerThatWantsACertificateSaysSo() throws Exception {
    for (String version : new String[] {"1.2", "1.3"}) {
      try (Mosquitto broker = rig.broker("require_certificate true")) {
        rig.connect(broker, rig.city.certificate(), "tls.versions", version);
        rig.assertRefused(
            TlsRig.quoted(broker)
                + " wants a certificate of the pole: write tls.key-store and"
                + " tls.key-store-password");
      }
    }
  }

  @Test
  void aBrokerThatDoesNotKnowThePolesAuthoritySaysSo() throws Exception {
    Authority.in(rig.folder, "other").issue("stranger").keyStore(rig.keyStore, "word");
    try (Mosquitto broker = rig.broker(TlsRig.STRICT)) {
      rig.connect(broker, rig.city.certificate(), rig.own());
      rig.assertRefused(
          TlsRig.quoted(broker)
              + " does not know who signed the pole's certificate: have the one in tls.key-store"
              + " signed by an authority that the broker trusts");
    }
  }

  @Test
  void aBrokerThatFindsThePolesCertificateExpiredSaysSo() throws Exception {
    Instant end = rig.now.minusSeconds(60);
    rig.city.issue("late", end.minus(Duration.ofDays(9)), end).keyStore(rig.keyStore, "word");
    try (Mosquitto broker = rig.broker(TlsRig.STRICT)) {
      rig.connect(broker, rig.city.certificate(), rig.own());
      rig.assertRefused(
          TlsRig.quoted(broker)
              + " says that the pole's certificate has expired: renew the one in tls.key-store");
    }
  }

  @Test
  void filesThatCannotBeUsedAreNamed() throws Exception {
    String url = "ssl://localhost:" + Ports.free();
    Path missing = rig.folder.resolve("missing.pem");
    rig.connect(url, missing);
    rig.assertRefused("tls.ca: \"" + missing + "\" is not there: put it there");
    rig.connect(
        url,
        rig.city.certificate(),
        "tls.key-store",
        rig.keyStore.toString(),
        "tls.key-store-password",
        "s3cret-word");
    rig.assertRefused(
        "tls.key-store: \""
            + rig.keyStore
            + "\" does not open with tls.key-store-password: correct the password");
    assertThat(rig.pole.status().toString()).doesNotContain("s3cret-word");
  }

  @Test
  void whatDoesNotSpeakTlsIsNamed() throws Exception {
    try (Mosquitto broker = rig.broker()) {
      String plain = broker.url().replace("tcp:", "mqtts:");
      rig.connect(plain, rig.city.certificate());
      rig.assertRefused(
          "\""
              + plain
              + "\" hung up while TLS was agreed on: check that this is the broker's port for TLS");
    }
  }
}
