package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.Await;
import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.tls.Authority;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.stream.Stream;

/** A pole that connects over TLS, and an authority for it and its broker. */
final class TlsRig implements AutoCloseable {
  static final String[] STRICT = {"require_certificate true", "tls_version tlsv1.3"};

  final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  final Path folder;
  final Authority city;
  final Pole pole = new Pole();
  final Path keyStore;

  TlsRig(Path folder) throws IOException {
    this.folder = folder;
    this.city = Authority.in(folder, "city");
    this.keyStore = folder.resolve("pole.p12");
    city.issue("pole").keyStore(keyStore, "word");
    pole.clock.setWall(now);
  }

  Mosquitto broker(String... lines) throws IOException {
    return Mosquitto.startSecured(folder, city, city.issue("broker", "DNS:localhost"), lines);
  }

  void connect(Mosquitto broker, Path ca, String... more) {
    connect(broker.secureUrl(), ca, more);
  }

  void connect(String url, Path ca, String... more) {
    String[] fixed = {"tls.ca", ca.toString(), "keep-alive", "5m"};
    pole.connect(url, Stream.of(fixed, more).flatMap(Arrays::stream).toArray(String[]::new));
  }

  /** Settings that show the pole's certificate. */
  String[] own() {
    return new String[] {"tls.key-store", keyStore.toString(), "tls.key-store-password", "word"};
  }

  void assertRefused(String words) {
    Await.until("it says so", () -> !pole.status().message().isEmpty());
    assertThat(pole.status().message()).isEqualTo(words);
    assertThat(pole.status().connected()).isFalse();
  }

  /** Lets time pass for the certificates again and again, with something to wake the uplink. */
  void untilLooked(String what, Await.Condition<RuntimeException> condition) {
    Await.until(
        what,
        () -> {
          if (pole.status().pending() == 0) {
            pole.later.addAndGet(TlsCare.LOOK.toNanos());
            pole.journal.appendReadings(1);
          }
          return condition.holds();
        });
  }

  static String quoted(Mosquitto broker) {
    return "\"" + broker.secureUrl() + "\"";
  }

  @Override
  public void close() {
    pole.close();
  }
}
