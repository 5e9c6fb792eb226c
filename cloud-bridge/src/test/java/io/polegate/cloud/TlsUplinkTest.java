package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.Await;
import io.polegate.testkit.Ports;
import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.mqtt.Platform;
import io.polegate.testkit.tls.Authority;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The uplink over TLS against a real broker. */
final class TlsUplinkTest {
  private final TlsRig rig;

  TlsUplinkTest(@TempDir Path folder) throws Exception {
    this.rig = new TlsRig(folder);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void readingsArriveOverTls13WithACertificateOfThePole() throws Exception {
    try (Mosquitto broker = rig.broker(TlsRig.STRICT);
        Platform platform = new Platform(broker.url(), "P-1")) {
      rig.pole.journal.appendReadings(450);
      rig.connect(broker, rig.city.certificate(), rig.own());
      rig.pole.awaitDrained();
      Await.until("all arrived", () -> platform.hasAllUpTo(450));
      assertThat(rig.pole.status().certificateEnds())
          .hasValueSatisfying(end -> assertThat(end).isAfter(rig.now.plus(Duration.ofDays(364))));
    }
  }

  @Test
  void aPoleThatKnowsNoTimeConnectsAndComesAgainOnceItKnows() throws Exception {
    rig.pole.clock.setWall(Instant.EPOCH);
    rig.pole.poleClock.trust(false);
    Instant end = rig.now.plus(Duration.ofDays(1));
    Authority.Issued today =
        rig.city.issue("today", rig.now.minus(Duration.ofDays(1)), end, "DNS:localhost");
    try (Mosquitto broker = Mosquitto.startSecured(rig.folder, rig.city, today)) {
      rig.connect(broker, rig.city.certificate());
      rig.pole.awaitConnected();
      rig.pole.clock.setWall(end.plusSeconds(1));
      rig.pole.poleClock.trust(true);
      rig.untilLooked("it left", () -> !rig.pole.status().connected());
      Await.until(
          "it says why",
          () -> rig.pole.status().message().contains("\"CN=today\" expired at " + end));
    }
  }

  @Test
  void newFilesAreTakenWithinAMinuteAndNothingIsLost() throws Exception {
    try (Mosquitto broker = rig.broker(TlsRig.STRICT);
        Platform platform = new Platform(broker.url(), "P-1")) {
      Path ca = Files.copy(rig.city.certificate(), rig.folder.resolve("ca.pem"));
      rig.connect(broker, ca, rig.own());
      rig.pole.awaitConnected();
      rig.pole.journal.appendReadings(100);
      rig.pole.awaitDrained();

      Instant end = rig.now.plus(Duration.ofDays(3));
      rig.city.issue("renewed", rig.now.minusSeconds(9), end).keyStore(rig.keyStore, "word");
      rig.untilLooked(
          "it is used", () -> rig.pole.status().certificateEnds().equals(Optional.of(end)));
      rig.pole.awaitDrained();
      Await.until("the end is near", () -> platform.events().size() == 1);
      assertThat(platform.holes()).isEmpty();
      assertThat(platform.bodies("state"))
          .extracting(body -> body.get("state"))
          .containsExactly("online", "offline", "online");
      assertThat(platform.events().get(0))
          .containsEntry("type", "certificate-expires")
          .containsEntry("whose", "pole")
          .containsEntry("subject", "\"CN=renewed\"")
          .containsEntry("lane", "state")
          .containsEntry("days", 3L);
    }
  }

  @Test
  void newFilesThatCannotBeUsedDoNotEndTheSession() throws Exception {
    try (Mosquitto broker = rig.broker(TlsRig.STRICT)) {
      rig.connect(broker, rig.city.certificate(), rig.own());
      rig.pole.awaitConnected();
      byte[] whole = Files.readAllBytes(rig.keyStore);
      Files.write(rig.keyStore, Arrays.copyOf(whole, 100));
      rig.untilLooked("it says so", () -> !rig.pole.status().message().isEmpty());
      assertThat(rig.pole.status().connected()).isTrue();
      assertThat(rig.pole.status().message())
          .isEqualTo(
              "the session goes on without the new files: tls.key-store: \""
                  + rig.keyStore
                  + "\" is damaged or no PKCS#12 file: copy it there again");
    }
  }

  @Test
  void packetsBeyondTheBoundAreCutInsideTls() throws Exception {
    try (Mosquitto broker = rig.broker();
        Platform platform = new Platform(broker.url(), "P-1")) {
      rig.connect(broker, rig.city.certificate());
      rig.pole.awaitConnected();
      platform.command("x".repeat(3_000_000).getBytes(StandardCharsets.UTF_8), false);
      platform.command(
          "{\"id\":\"c-1\",\"device\":\"lamp-1\",\"point\":\"level\",\"value\":5,\"deadline\":"
              + rig.now.plusSeconds(60).toEpochMilli()
              + "}");
      Await.until("the next is taken", () -> platform.results("c-1").size() == 1);
      assertThat(platform.events())
          .anySatisfy(event -> assertThat(event).containsEntry("type", "command-malformed"));
    }
  }

  @Test
  void stoppingDoesNotWaitForTls() throws Exception {
    try (FaultyLine line = new FaultyLine(Ports.free())) {
      line.mode(FaultyLine.Mode.BLACK_HOLE);
      rig.connect(line.url().replace("tcp:", "ssl:"), rig.city.certificate());
      Await.until("it tries", () -> line.accepted() > 0);
      long begin = System.nanoTime();
      rig.pole.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }
  }
}
