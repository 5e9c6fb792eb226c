package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.journal.Lane;
import io.polegate.testkit.Await;
import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.mqtt.Platform;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With {@code acknowledge: platform}, an item is the pole's until the platform stored it. */
final class PlatformAcknowledgementTest {
  private Mosquitto broker;
  private Platform platform;
  private Pole pole;
  private int seen;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    broker = Mosquitto.start(folder);
    platform = new Platform(broker.url(), "P-1");
    pole = new Pole();
  }

  @AfterEach
  void stop() throws Exception {
    pole.close();
    platform.close();
    broker.close();
  }

  private void connect(String... more) {
    String[] settings = List.of("acknowledge", "platform").toArray(new String[2 + more.length]);
    System.arraycopy(more, 0, settings, 2, more.length);
    pole.connect(broker.url(), settings);
  }

  @Test
  void theBrokersWordMovesNothingAndThePlatformsDoes() throws Exception {
    pole.journal.appendReadings(450);
    connect();
    Await.until("all arrived", () -> platform.hasAllUpTo(450));
    Await.until("the broker has it", () -> pole.status().lastAcknowledgedAge().isPresent());
    assertThat(pole.status().pending()).isEqualTo(450);

    platform.acknowledge("telemetry", 399);
    Await.until("whole messages count", () -> pole.status().pending() == 250);
    platform.acknowledge("telemetry", 200);
    platform.say("ack", "{\"telemetry\":450,\"time\":1793534400000}", false);
    pole.awaitDrained();
    assertThat(pole.heard).containsExactly("uplink \"city\" 2026-11-01T12:00:00Z");
    assertThat(pole.status().pendingByLane()).containsEntry(Lane.TELEMETRY, 0L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"telemetry\":11}",
        "{\"telemetry\":9223372036854775807}",
        "{\"telemetry\":92233720368547758080}",
        "{\"telemetry\":10,\"alarm\":1}",
        "{\"telemetry\":\"10\"}",
        "{\"telemetry\":10.0}",
        "{\"telemetry\":-1}",
        "{\"telemetry\":null}",
        "{\"telemetry\":[10]}",
        "{\"telemetry\":10,\"telemetry\":10}",
        "{\"telemetry\":10}{}",
        "{\"telemetry\":10,\"time\":\"noon\"}",
        "[10]",
        "10",
        ""
      })
  void aWordThatCannotBeTrueMovesNothing(String word) throws Exception {
    pole.journal.appendReadings(10);
    connect();
    Await.until("all arrived", () -> platform.hasAllUpTo(10));
    platform.say("ack", word, false);
    Await.until("it is reported", () -> !refusals().isEmpty());

    assertThat(refusals().get(0)).containsEntry("connection", "city").containsKey("problem");
    assertThat(pole.status().pendingByLane()).containsEntry(Lane.TELEMETRY, 10L);
    platform.acknowledge("telemetry", 10);
    Await.until("a true one does", () -> pole.pending(Lane.TELEMETRY) == 0);
    assertThat(pole.status().connected()).isTrue();
  }

  private List<Map<String, Object>> refusals() {
    return platform.events().stream()
        .filter(event -> "platform-message-refused".equals(event.get("type")))
        .toList();
  }

  @Test
  void aRetainedWordIsOfAnotherTimeAndAFloodIsToldOnce() throws Exception {
    platform.say("ack", "{\"telemetry\":10}", true);
    pole.journal.appendReadings(10);
    connect();
    Await.until("it is reported", () -> !refusals().isEmpty());
    for (int i = 0; i < 8; i++) {
      platform.say("ack", "nonsense", false);
    }
    platform.acknowledge("telemetry", 10);
    Await.until("it was heard", () -> pole.pending(Lane.TELEMETRY) == 0);

    assertThat(refusals()).hasSize(1);
    assertThat(refusals().get(0).get("problem")).asString().contains("retained");
  }

  @Test
  void whatASilentPlatformDoesNotStoreIsSentAgainWithEqualNumbersAndNeverSetAside()
      throws Exception {
    pole.journal.appendReadings(1);
    connect("platform-timeout", "1s", "batch", "1");
    Await.until("it came again and again", () -> platform.seqs().size() > Pacing.REFUSALS + 4);
    assertThat(platform.hasAllUpTo(1)).isTrue();
    assertThat(pole.status().pending()).isEqualTo(1);
    assertThat(gap()).isEmpty();
    platform.acknowledge("telemetry", 1);
    pole.awaitDrained();
  }

  @Test
  void aSessionThatBreaksBeforeThePlatformSpokeLosesNothing() throws Exception {
    pole.journal.appendReadings(10);
    connect();
    Await.until("all arrived", () -> platform.hasAllUpTo(10));
    broker.stop();
    Await.until("the uplink noticed", () -> !pole.status().connected());
    broker.start();
    platform.connect();
    // what the platform says before the pole sent again is of an earlier session: it says it again
    Await.until(
        "all is stored",
        () -> {
          storeAllBut(-1);
          return pole.status().pending() == 0;
        });
    assertThat(platform.hasAllUpTo(10)).isTrue();
  }

  @Test
  void anItemThatThePlatformNeverStoresIsSetAsideWhileAlarmsGoOn() throws Exception {
    pole.journal.appendReadings(8);
    connect("platform-timeout", "1s", "batch", "2");
    Await.until(
        "it is reported",
        () -> {
          storeAllBut(7);
          return gap().isPresent();
        });
    Await.until(
        "what is behind it is stored",
        () -> {
          storeAllBut(-1);
          return pole.status().pending() == 0;
        });

    assertThat(gap().orElseThrow())
        .containsEntry("from", 7L)
        .containsEntry("to", 7L)
        .containsEntry("x-lane", "telemetry")
        .containsEntry("cause", "refused");
  }

  private Optional<Map<String, Object>> gap() {
    return platform.events().stream().filter(event -> "gap".equals(event.get("type"))).findFirst();
  }

  /** Stores what came up to the item that breaks it; something else happens on the pole too. */
  private void storeAllBut(long poison) throws MqttException {
    int now = platform.arrivals().size();
    if (now == seen) {
      return;
    }
    seen = now;
    List<Long> readings = platform.readings().stream().map(r -> (Long) r.get("seq")).toList();
    long best =
        readings.stream().filter(s -> poison < 0 || s < poison).max(Long::compare).orElse(0L);
    platform.acknowledge("telemetry", best);
    List<Long> alarms = platform.events().stream().map(e -> (Long) e.get("seq")).toList();
    if (!alarms.isEmpty()) {
      platform.acknowledge("alarm", alarms.stream().max(Long::compare).orElseThrow());
    }
    if (poison > 0 && platform.bodies("state").size() > alarms.size()) {
      pole.journal.append(InMemoryJournal.event(Lane.ALARM, "tilt"));
    }
  }
}
