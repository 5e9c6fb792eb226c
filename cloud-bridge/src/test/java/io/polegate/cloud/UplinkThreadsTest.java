package io.polegate.cloud;

import io.polegate.api.config.ConnectionSpec;
import io.polegate.api.live.UplinkStatus;
import io.polegate.testkit.Await;
import io.polegate.testkit.mqtt.Mosquitto;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reconnecting for years must leave no thread behind, neither ours nor Paho's. */
final class UplinkThreadsTest {
  private Mosquitto broker;
  private FaultyLine line;
  private Pole pole;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    broker = Mosquitto.start(folder);
    line = new FaultyLine(broker.port());
    pole = new Pole();
  }

  @AfterEach
  void stop() throws Exception {
    pole.close();
    line.close();
    broker.close();
  }

  @Test
  void aHundredReconnectsLeaveNoThread() {
    pole.bridge.apply(
        Pole.spec(
            IntStream.range(0, 20)
                .mapToObj(i -> Pole.connection("many-" + i, line.url()))
                .toArray(ConnectionSpec[]::new)));
    awaitAllConnected();
    long before = threadsOf("many-");
    for (int i = 0; i < 5; i++) {
      int seen = line.accepted();
      line.breakNow();
      Await.until("twenty new connections", () -> line.accepted() >= seen + 20);
      awaitAllConnected();
    }
    Await.until("old threads are gone", () -> threadsOf("many-") <= before);
    pole.close();
    Await.until("all threads are gone", () -> threadsOf("many-") == 0);
  }

  @Test
  void aLineThatBreaksWhileConnectingLeavesNoThread() {
    line.mode(FaultyLine.Mode.REFUSE);
    pole.bridge.apply(
        Pole.spec(
            Pole.connection("shaky", line.url(), "retry-first", "10ms", "retry-limit", "10ms")));
    Await.until("it tried ten times", () -> line.accepted() >= 10);
    line.mode(FaultyLine.Mode.PASS);
    pole.awaitConnected();
    Await.until("old threads are gone", () -> threadsOf("shaky") <= 6);
    pole.close();
    Await.until("all threads are gone", () -> threadsOf("shaky") == 0);
  }

  private void awaitAllConnected() {
    Await.until(
        "all are connected",
        () -> pole.bridge.uplinks().stream().allMatch(UplinkStatus::connected));
  }

  /** Our threads are called after the connection, those of Paho after the client id. */
  private static long threadsOf(String connection) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().contains(connection))
        .count();
  }
}
