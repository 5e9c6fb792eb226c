package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.journal.Lane;
import io.polegate.api.live.UplinkStatus;
import io.polegate.testkit.Await;
import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.mqtt.Platform;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One pole, two platforms: each has its own place in the journal and its own troubles. */
final class SeveralConnectionsTest {
  private final Pole pole = new Pole();

  @AfterEach
  void stop() {
    pole.close();
  }

  private UplinkStatus status(String id) {
    return pole.bridge.uplinks().stream().filter(u -> u.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void oneThatFallsIntoABlackHoleHarmsNoOther(@TempDir Path folder) throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder);
        FaultyLine line = new FaultyLine(broker.port());
        Platform platform = new Platform(broker.url(), "P-1")) {
      pole.bridge.apply(
          Pole.spec(Pole.connection("hole", line.url()), Pole.connection("city", broker.url())));
      Await.until("both stand", () -> status("hole").connected() && status("city").connected());
      line.mode(FaultyLine.Mode.BLACK_HOLE);
      for (int i = 0; i < 20; i++) {
        pole.journal.appendReadings(500);
        pole.journal.append(InMemoryJournal.event(Lane.ALARM, "tilt"));
        Await.until("the other one is served", () -> status("city").pending() == 0);
      }
      assertThat(platform.hasAllUpTo(20 * 501)).isTrue();
      assertThat(status("hole").pending()).isEqualTo(20 * 501);
      assertThat(status("hole").pendingByLane()).containsEntry(Lane.ALARM, 20L);
    }
  }

  @Test
  void aPlatformThatStoresNothingHarmsNoOther(@TempDir Path folder) throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder);
        Platform platform = new Platform(broker.url(), "P-1")) {
      pole.journal.appendReadings(20_000);
      pole.bridge.apply(
          Pole.spec(
              Pole.connection("deaf", broker.url(), "acknowledge", "platform", "batch", "100"),
              Pole.connection("city", broker.url())));
      Await.until("the other one is served", () -> status("city").pending() == 0);
      Await.until("the window is full", () -> platform.seqs().size() == 20_000 + 16 * 100);
      assertThat(status("deaf").pending()).isEqualTo(20_000);
    }
  }
}
