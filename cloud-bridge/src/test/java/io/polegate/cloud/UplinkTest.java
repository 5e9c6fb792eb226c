package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.journal.Lane;
import io.polegate.testkit.Await;
import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.mqtt.Platform;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The uplink against a real broker, over lines that break. */
final class UplinkTest {
  private Mosquitto broker;
  private FaultyLine line;
  private Platform platform;
  private Pole pole;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    broker = Mosquitto.start(folder);
    line = new FaultyLine(broker.port());
    platform = new Platform(broker.url(), "P-1");
    pole = new Pole();
  }

  @AfterEach
  void stop() throws Exception {
    pole.close();
    platform.close();
    line.close();
    broker.close();
  }

  @Test
  void readingsArriveInBatchesAndAreAcknowledged() {
    pole.journal.appendReadings(450);
    pole.connect(broker.url());
    pole.awaitDrained();
    Await.until("all arrived", () -> platform.hasAllUpTo(450));

    List<Map<String, Object>> batches = platform.bodies("telemetry");
    assertThat(batches).extracting(batch -> batch.get("from")).containsExactly(1L, 201L, 401L);
    assertThat(batches).extracting(batch -> batch.get("to")).containsExactly(200L, 400L, 450L);
    assertThat(batches.get(0)).containsEntry("pole", "P-1");
    assertThat(platform.items("telemetry", "readings").get(7))
        .isEqualTo(
            Map.of(
                "seq",
                8L,
                "device",
                "lamp-1",
                "point",
                "level",
                "time",
                1793534400000L,
                "value",
                7L,
                "unit",
                "%",
                "historical",
                true));
    assertThat(pole.status().lastAcknowledgedAge()).isPresent();
  }

  @Test
  void whatIsJournalledDuringASessionIsNotHistorical() {
    pole.connect(broker.url());
    pole.awaitConnected();
    pole.journal.appendReadings(1);
    Await.until("it arrived", () -> platform.hasAllUpTo(1));

    assertThat(platform.items("telemetry", "readings").get(0)).doesNotContainKey("historical");
  }

  @Test
  void moreUrgentLanesGoFirst() {
    pole.journal.appendReadings(1000);
    pole.journal.append(InMemoryJournal.event(Lane.STATE, "device-offline"));
    pole.journal.append(InMemoryJournal.event(Lane.ALARM, "tilt"));
    pole.connect(broker.url());
    Await.until("all arrived", () -> platform.hasAllUpTo(1002));

    assertThat(platform.arrivals().subList(1, 4))
        .extracting(Platform.Arrival::topic)
        .containsExactly("events", "events", "telemetry");
    assertThat(platform.items("events", "events"))
        .extracting(event -> event.get("type"))
        .containsExactly("tilt", "device-offline");
  }

  @Test
  void everyNumberArrivesWhenTheBrokerStopsAndStarts() throws Exception {
    pole.connect(broker.url());
    pole.awaitConnected();
    pole.journal.appendReadings(500);
    Await.until("some arrived", () -> !platform.seqs().isEmpty());
    broker.stop();
    pole.journal.appendReadings(500);
    Await.until("the uplink noticed", () -> !pole.status().connected());
    assertThat(pole.status().message()).isNotEmpty();
    broker.start();
    platform.connect();
    pole.awaitConnected();
    pole.journal.appendReadings(500);

    Await.until("all arrived", () -> platform.hasAllUpTo(1500));
    pole.awaitDrained();
    assertThat(pole.status().message()).isEmpty();
  }

  @Test
  void everyNumberArrivesWhenTheLineBreaksAgainAndAgain() {
    pole.connect(line.url(), "batch", "10");
    for (int i = 0; i < 10; i++) {
      pole.awaitConnected();
      pole.journal.appendReadings(100);
      line.breakNow();
    }
    Await.until("all arrived", () -> platform.hasAllUpTo(1000));
    pole.awaitDrained();
  }

  @Test
  void withoutAcknowledgementTheCursorStaysAndAllIsSentAgainWithEqualNumbers() {
    line.mode(FaultyLine.Mode.PASS);
    pole.connect(line.url(), "keep-alive", "2s");
    pole.awaitConnected();
    line.mode(FaultyLine.Mode.SWALLOW_PUBACK);
    pole.journal.appendReadings(50);
    Await.until("they arrived once", () -> platform.hasAllUpTo(50));
    Await.until("the session was given up", () -> !pole.status().connected());
    assertThat(pole.status().pending()).isEqualTo(50);
    assertThat(pole.status().lastAcknowledgedAge()).isEmpty();

    line.mode(FaultyLine.Mode.PASS);
    line.breakNow();
    pole.awaitDrained();
    Await.until("they arrived again", () -> platform.seqs().size() >= 100);
    assertThat(platform.hasAllUpTo(50)).isTrue();
  }

  @Test
  void aBlackHoleIsNoticedAndLeft() {
    pole.connect(line.url(), "keep-alive", "1s");
    pole.awaitConnected();
    line.mode(FaultyLine.Mode.BLACK_HOLE);
    pole.journal.appendReadings(50);
    Await.until("the session was given up", () -> !pole.status().connected());
    line.mode(FaultyLine.Mode.PASS);
    // what tries to connect through the hole just now would wait for its time-out
    line.breakNow();
    pole.awaitDrained();
    Await.until("all arrived", () -> platform.hasAllUpTo(50));
  }

  @Test
  void aBrokenLineMakesTheBrokerSayOffline() {
    pole.connect(line.url());
    Await.until("online", () -> platform.lastState().equals("online"));
    line.mode(FaultyLine.Mode.REFUSE);
    line.breakNow();

    Await.until("offline", () -> platform.lastState().equals("offline"));
    assertThat(platform.bodies("state").get(1))
        .isEqualTo(Map.of("pole", "P-1", "state", "offline"));
  }

  @Test
  void stateIsRetainedOnlineAndOfflineAfterACleanStop() throws Exception {
    pole.journal.appendReadings(3);
    pole.connect(broker.url());
    pole.awaitDrained();
    assertThat(retainedState())
        .isEqualTo(
            Map.of("pole", "P-1", "state", "online", "time", 1793534400000L, "last-seq", 3L));
    pole.close();
    assertThat(retainedState()).containsEntry("state", "offline").containsKey("time");
    assertThat(pole.journal.listeners()).isZero();
  }

  @Test
  void messagesThatTheBrokerRefusesForTheirSizeAreSentSmaller(@TempDir Path folder)
      throws Exception {
    broker.close();
    try (Mosquitto narrow = Mosquitto.start(folder, "max_packet_size 4000");
        Platform behind = new Platform(narrow.url(), "P-1")) {
      pole.journal.appendReadings(1000);
      pole.connect(narrow.url());
      pole.awaitDrained();
      Await.until("all arrived", () -> behind.hasAllUpTo(1000));
    }
  }

  @Test
  void anItemThatTheBrokerNeverTakesIsReportedAndSetAside(@TempDir Path folder) throws Exception {
    broker.close();
    try (Mosquitto narrow = Mosquitto.start(folder, "max_packet_size 4000");
        Platform behind = new Platform(narrow.url(), "P-1")) {
      pole.journal.appendReadings(10);
      pole.journal.append(InMemoryJournal.event(Lane.STATE, "x".repeat(5000)));
      pole.journal.append(InMemoryJournal.event(Lane.STATE, "after"));
      pole.connect(narrow.url(), "batch", "2", "retry-limit", "20ms");
      pole.awaitDrained();
      Await.until("it is reported", () -> behind.events().size() == 2);

      assertThat(behind.events())
          .anySatisfy(
              event ->
                  assertThat(event)
                      .containsEntry("type", "gap")
                      .containsEntry("from", 11L)
                      .containsEntry("cause", "refused")
                      .containsEntry("connection", "city"));
      assertThat(behind.holes()).isEmpty();
      assertThat(new TreeSet<>(behind.seqs()))
          .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 12L, 13L);
    }
  }

  @Test
  void errorsInsideTheGatewayCostASessionAndNotTheUplink() {
    pole.journal.appendReadings(10);
    pole.journal.explode(2);
    pole.connect(broker.url());
    Await.until("all arrived", () -> platform.hasAllUpTo(10));
    assertThat(pole.journal.explosionsLeft()).isZero();
    pole.awaitDrained();
  }

  @Test
  void anUnreadableJournalIsReportedAndReadAgain() {
    pole.journal.setBroken(true);
    pole.journal.appendReadings(10);
    pole.connect(broker.url());
    Await.until("it says so", () -> pole.status().message().contains("journal"));
    assertThat(pole.status().connected()).isTrue();
    pole.journal.setBroken(false);
    pole.awaitDrained();
    Await.until("it is well again", () -> pole.status().message().isEmpty());
  }

  private Map<String, Object> retainedState() throws Exception {
    platform.close();
    platform = new Platform(broker.url(), "P-1");
    Await.until(
        "the retained state",
        () -> platform.arrivals().stream().anyMatch(Platform.Arrival::retained));
    return platform.arrivals().stream()
        .filter(Platform.Arrival::retained)
        .findFirst()
        .orElseThrow()
        .body();
  }
}
