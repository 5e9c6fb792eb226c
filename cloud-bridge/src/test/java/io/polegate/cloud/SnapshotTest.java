package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.journal.Lane;
import io.polegate.testkit.Await;
import io.polegate.testkit.HandClock;
import io.polegate.testkit.mqtt.Json;
import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.mqtt.Platform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The present that a platform sees before the history. */
final class SnapshotTest {
  private static final Map<String, Object> SILENT =
      Map.of("bad", "device-silent", "detail", "no answer");

  private final Pole pole = new Pole();
  private final HandClock clock = new HandClock();
  private final Backlog backlog = new Backlog(pole.journal.cursor("other"), clock.monotonic());
  private final Snapshots snapshots =
      new Snapshots(backlog, Duration.ofSeconds(60), clock.monotonic());

  @AfterEach
  void stop() {
    pole.close();
  }

  private static Map<String, Object> point(String id, Map<String, Object> said) {
    Map<String, Object> point =
        new HashMap<>(
            Map.of("device", "env-1", "point", id, "time", 1793534400000L, "unit", "m/s"));
    point.putAll(said);
    return point;
  }

  @Test
  void itComesBehindTheAlarmsAndBeforeTheHistory(@TempDir Path folder) throws Exception {
    pole.live = Optional.of(new FakeLive(3));
    pole.journal.appendReadings(1000);
    pole.journal.append(InMemoryJournal.event(Lane.ALARM, "tilt"));
    try (Mosquitto broker = Mosquitto.start(folder);
        Platform platform = new Platform(broker.url(), "P-1")) {
      pole.connect(broker.url());
      Await.until("all arrived", () -> platform.hasAllUpTo(1001));

      assertThat(platform.arrivals().subList(0, 4))
          .extracting(Platform.Arrival::topic)
          .containsExactly("state", "events", "snapshot", "telemetry");
      Map<String, Object> snapshot = platform.bodies("snapshot").get(0);
      assertThat(snapshot).containsEntry("pole", "P-1").containsEntry("time", 1793534400000L);
      assertThat(snapshot.get("backlog")).asString().contains("telemetry=1000");
      assertThat(Json.objects(snapshot, "points"))
          .containsExactly(point("p-0", Map.of("value", 1000L)), point("p-1", SILENT));
    }
  }

  @Test
  void aBrokerThatTakesNoLargeOneGetsSmallerOnesAndTheReadings(@TempDir Path folder)
      throws Exception {
    pole.live = Optional.of(new FakeLive(300));
    pole.journal.appendReadings(10);
    try (Mosquitto broker = Mosquitto.start(folder, "max_packet_size 4000");
        Platform platform = new Platform(broker.url(), "P-1")) {
      pole.connect(broker.url(), "retry-limit", "20ms");
      Await.until("all arrived", () -> platform.hasAllUpTo(10));
      Await.until("all points", () -> platform.items("snapshot", "points").size() >= 299);
    }
  }

  @Test
  void aBrokerThatTakesNoneGetsTheReadingsStill(@TempDir Path folder) throws Exception {
    pole.live = Optional.of(new FakeLive(300));
    pole.journal.appendReadings(3);
    try (Mosquitto broker = Mosquitto.start(folder, "max_packet_size 400");
        Platform platform = new Platform(broker.url(), "P-1")) {
      pole.connect(broker.url(), "retry-limit", "20ms", "batch", "1");
      Await.until("all arrived", () -> platform.hasAllUpTo(3));
    }
  }

  private boolean due() {
    return snapshots.due();
  }

  @Test
  void alarmsHaveTheFirstTurn() {
    backlog.began();
    assertThat(due()).isFalse();
    backlog.alarmsSent();
    assertThat(due()).isTrue();
    assertThat(due()).isFalse();
  }

  @Test
  void itComesAgainForAsLongAsTheNewestReadingsWait() {
    backlog.began();
    backlog.alarmsSent();
    assertThat(due()).isTrue();
    clock.advance(Duration.ofSeconds(59));
    assertThat(due()).isFalse();
    assertThat(snapshots.restNanos()).isEqualTo(Duration.ofSeconds(1).toNanos());
    clock.advance(Duration.ofSeconds(1));
    assertThat(due()).isTrue();
    backlog.telemetrySent(true);
    clock.advance(Duration.ofHours(1));
    assertThat(due()).isFalse();
    backlog.telemetrySent(false);
    clock.advance(Duration.ofSeconds(59));
    assertThat(due()).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(due()).isTrue();
  }

  @Test
  void aSizeThatFailedIsTriedAgainAfterAnHour() {
    SnapshotSize size = new SnapshotSize(clock.monotonic());
    int whole = size.mostBytes();
    Runnable late = size.sent();
    size.begin();
    late.run();
    assertThat(size.mostBytes()).isEqualTo(whole / 2);
    assertThat(size.taken()).isTrue();
    for (int i = 0; i < 20; i++) {
      size.sent();
      size.begin();
    }
    assertThat(size.mostBytes()).isLessThan(SnapshotSize.LEAST_BYTES);
    for (int i = 0; i < 10; i++) {
      clock.advance(Duration.ofHours(1));
      assertThat(size.mostBytes()).isPositive();
    }
    assertThat(size.mostBytes()).isEqualTo(whole);
  }
}
