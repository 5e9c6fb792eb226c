package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.config.ConnectionSpec;
import io.polegate.api.live.UplinkStatus;
import io.polegate.api.settings.Settings;
import io.polegate.testkit.Await;
import io.polegate.testkit.Ports;
import io.polegate.testkit.mqtt.Mosquitto;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the bridge does with a document. */
final class CloudBridgeTest {
  private final Pole pole = new Pole();

  @AfterEach
  void stop() {
    pole.close();
  }

  @Test
  void anUnchangedConnectionIsLeftAlone(@TempDir Path folder) throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder);
        FaultyLine line = new FaultyLine(broker.port())) {
      ConnectionSpec city = Pole.connection("city", line.url());
      ConnectionSpec district = Pole.connection("district", line.url());
      pole.bridge.apply(Pole.spec(city));
      pole.awaitConnected();
      pole.bridge.apply(Pole.spec(district, Pole.connection("city", line.url())));
      Await.until("both are connected", () -> connected() == 2);

      assertThat(line.accepted()).isEqualTo(2);
      assertThat(pole.bridge.uplinks())
          .extracting(UplinkStatus::id)
          .containsExactly("district", "city");
    }
  }

  @Test
  void aChangedConnectionStartsAnewAndOneTakenOutEnds(@TempDir Path folder) throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder);
        FaultyLine line = new FaultyLine(broker.port())) {
      pole.connect(line.url());
      pole.awaitConnected();
      pole.connect(line.url(), "batch", "7");
      pole.awaitConnected();
      assertThat(line.accepted()).isEqualTo(2);
      pole.bridge.apply(Pole.spec());
      assertThat(pole.bridge.uplinks()).isEmpty();
      assertThat(pole.journal.listeners()).isZero();
    }
  }

  @Test
  void otherFormatsAreForOthers() {
    pole.bridge.apply(Pole.spec(new ConnectionSpec("city", "smoke-signals", Settings.NONE)));
    assertThat(pole.bridge.uplinks()).isEmpty();
  }

  @Test
  void aBrokerThatIsNotThereIsNamedWithTheRemedy() throws Exception {
    String url = "tcp://127.0.0.1:" + Ports.free();
    pole.connect(url);
    Await.until("it says so", () -> !pole.status().message().isEmpty());
    assertThat(pole.status().message()).contains(url, "nothing listens there");
    assertThat(pole.status().connected()).isFalse();
  }

  @Test
  void theNextBrokerIsTriedWhenOneIsNotThere(@TempDir Path folder) throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder);
        Mosquitto spare = Mosquitto.start(folder)) {
      pole.connect("tcp://127.0.0.1:" + Ports.free() + ", " + broker.url() + ", " + spare.url());
      pole.journal.appendReadings(10);
      pole.awaitDrained();
      broker.stop();
      pole.journal.appendReadings(10);
      Await.until("it noticed", () -> !pole.status().connected());
      pole.awaitDrained();
      assertThat(pole.status().connected()).isTrue();
    }
  }

  @Test
  void aRefusedPasswordIsReportedAndNeverShown(@TempDir Path folder) throws Exception {
    Path passwords = Files.writeString(folder.resolve("passwords"), "");
    try (Mosquitto broker =
        Mosquitto.startClosed(
            folder, "allow_anonymous false\npassword_file " + passwords.toAbsolutePath())) {
      pole.connect(broker.url(), "username", "pole", "password", "s3cret-word");
      Await.until("it says so", () -> !pole.status().message().isEmpty());
      assertThat(pole.status().message()).contains("username", "password");
      assertThat(pole.status().toString()).doesNotContain("s3cret-word");
      assertThat(
              LinkOptions.of(
                      "P-1",
                      Pole.connection(
                          "city", broker.url(), "username", "pole", "password", "s3cret-word"))
                  .toString())
          .doesNotContain("s3cret-word");
    }
  }

  @Test
  void stoppingDoesNotWaitForABrokerThatDoesNotAnswer() throws Exception {
    try (FaultyLine line = new FaultyLine(Ports.free())) {
      line.mode(FaultyLine.Mode.BLACK_HOLE);
      pole.connect(line.url());
      Await.until("it tries", () -> line.accepted() > 0);
      pole.close();
      assertThat(pole.journal.listeners()).isZero();
    }
  }

  @Test
  void anUncheckedDocumentChangesNothing() {
    assertThatThrownBy(() -> pole.bridge.apply(Pole.spec(Pole.connection("city", "nonsense"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("city");
    assertThat(pole.bridge.uplinks()).isEmpty();
  }

  private long connected() {
    return pole.bridge.uplinks().stream().filter(UplinkStatus::connected).count();
  }
}
