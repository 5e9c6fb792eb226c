package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.Await;
import io.polegate.testkit.mqtt.Json;
import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.mqtt.Platform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing is lost when the broker or the gateway goes away. The length of the outage and the number
 * of kills are short here; {@code -Dpolegate.outage=60 -Dpolegate.kills=100} makes them long.
 */
final class OutageIT {
  private static final Duration OUTAGE =
      Duration.ofSeconds(Integer.getInteger("polegate.outage", 8));
  private static final int KILLS = Integer.getInteger("polegate.kills", 10);
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void everyNumberArrivesThoughTheBrokerWasAway() throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder);
        SimulatedPole pole = new SimulatedPole();
        Platform platform = new Platform(broker.url(), "P-1");
        GatewayProcess gateway =
            GatewayProcess.start(folder, pole.document("250ms", broker.url()))) {
      Await.until("readings arrive", () -> platform.readings().size() > 100);
      broker.stop();
      long before = lastSeq(gateway);
      long start = System.nanoTime();
      Await.until(
          "readings pile up for the whole outage",
          OUTAGE.multipliedBy(5),
          () ->
              System.nanoTime() - start > OUTAGE.toNanos()
                  && lastSeq(gateway) > before + OUTAGE.toSeconds() * 40);
      broker.start();
      platform.connect();
      long afterwards = lastSeq(gateway) + 100;
      Await.until(
          "the backlog and what came after it arrived",
          LONG,
          () -> !platform.seqs().isEmpty() && platform.bySeq().lastKey() > afterwards);
      assertThat(platform.holes()).isEmpty();
      assertThat(platform.bySeq().values()).noneMatch(item -> "gap".equals(item.get("type")));
      assertThat(platform.readings()).anyMatch(r -> Boolean.TRUE.equals(r.get("historical")));
      assertThat(gateway.stop()).isZero();
    }
  }

  @Test
  void killedAtRandomMomentsItStartsByItselfAndLosesNothingThatWasSent() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (Mosquitto broker = Mosquitto.start(folder);
        SimulatedPole pole = new SimulatedPole();
        Platform platform = new Platform(broker.url(), "P-1");
        GatewayProcess gateway =
            GatewayProcess.start(folder, pole.document("250ms", broker.url()))) {
      for (int kill = 0; kill < KILLS; kill++) {
        boolean away = random.nextBoolean();
        if (away) {
          broker.stop();
        }
        long committed = lastSeq(gateway);
        long target = committed + random.nextInt(400);
        Await.until("more is on disk", () -> lastSeq(gateway) >= target);
        long acknowledged = lastSeq(gateway);
        gateway.kill();
        if (away) {
          broker.start();
          platform.connect();
        }
        gateway.start();
        assertThat(lastSeq(gateway)).as("seed " + seed).isGreaterThanOrEqualTo(acknowledged);
      }
      long last = lastSeq(gateway);
      Await.until(
          "all arrived",
          LONG,
          () -> !platform.seqs().isEmpty() && platform.bySeq().lastKey() > last);
      assertThat(platform.holes()).as("seed " + seed).isEmpty();
      assertThat(platform.bySeq().values())
          .filteredOn(item -> "gap".equals(item.get("type")))
          .as("each kill is told, and nothing was lost")
          .hasSize(KILLS)
          .allSatisfy(
              gap -> assertThat(gap).containsEntry("cause", "power-off").doesNotContainKey("from"));
    }
  }

  /** The highest number that the gateway says is on disk. */
  private static long lastSeq(GatewayProcess gateway) throws Exception {
    Map<String, Object> status =
        Json.object(gateway.get("/api/v1/status").getBytes(StandardCharsets.UTF_8));
    if (status.get("journal") instanceof Map<?, ?> journal
        && journal.get("lastSeq") instanceof Long seq) {
      return seq;
    }
    throw new AssertionError("no lastSeq: " + status);
  }
}
