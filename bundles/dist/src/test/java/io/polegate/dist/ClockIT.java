package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.Await;
import io.polegate.testkit.mqtt.Json;
import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.mqtt.Platform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose wall clock is lost, learnt, and set by hours while it runs. */
final class ClockIT {
  private static final Duration LOST = Duration.ofDays(-56 * 365);

  @TempDir Path folder;

  @Test
  void whatWasReadWithoutAClockGoesUpRightAndStepsDisturbNothing() throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder);
        SimulatedPole pole = new SimulatedPole();
        Platform platform = new Platform(broker.url(), "P-1")) {
      WallClock wall = WallClock.off(folder, LOST);
      Path config = Files.createDirectories(folder.resolve("config"));
      Files.writeString(config.resolve("pole.yaml"), pole.document("250ms", broker.url()));
      broker.stop();
      Instant begin = Instant.now();
      try (GatewayProcess gateway = GatewayProcess.startAsItIs(folder, wall.environment())) {
        learntLate(gateway, broker, platform, wall, begin);
        steps(gateway, platform, wall);
        lostAgain(platform, wall);
        assertThat(gateway.stop()).isZero();
      }
      assertThat(platform.holes()).isEmpty();
    }
  }

  private static void learntLate(
      GatewayProcess gateway, Mosquitto broker, Platform platform, WallClock wall, Instant begin)
      throws Exception {
    assertThat(isTrusted(gateway)).isFalse();
    assertThat(gateway.get("/healthz")).contains("\"clock\",\"level\":\"degraded\"");
    Await.until("readings wait", () -> lastSeq(gateway) > 200);
    wall.set(Duration.ZERO);
    Await.until("the time is known", () -> isTrusted(gateway));
    broker.start();
    platform.connect();
    Await.until(
        "readings with and without a trusted clock came",
        () ->
            platform.readings().stream().anyMatch(r -> !r.containsKey("time-quality"))
                && events(platform, "times-corrected").size() == 1);
    assertThat(platform.readings())
        .anyMatch(reading -> "corrected".equals(reading.get("time-quality")))
        .allSatisfy(
            reading -> {
              assertThat(reading.get("time-quality")).isNotEqualTo("untrusted");
              assertThat(time(reading))
                  .isBetween(begin.minusSeconds(2), Instant.now().plusSeconds(2));
            });
    assertThat(events(platform, "clock-trusted")).hasSize(1);
  }

  private static void steps(GatewayProcess gateway, Platform platform, WallClock wall)
      throws Exception {
    long missed = missedPolls(gateway);
    int step = 0;
    for (int hours : new int[] {5, 2, -3, 0}) {
      wall.set(Duration.ofHours(hours));
      int steps = ++step;
      Await.until("the step is told", () -> events(platform, "clock-stepped").size() >= steps);
    }
    assertThat(events(platform, "clock-stepped"))
        .extracting(ClockIT::hours)
        .containsExactly(5L, -3L, -5L, 3L);
    assertThat(missedPolls(gateway)).isEqualTo(missed);
    assertThat(isTrusted(gateway)).isTrue();
  }

  private static void lostAgain(Platform platform, WallClock wall) throws Exception {
    wall.set(LOST);
    Await.until("it is told", () -> events(platform, "clock-untrusted").size() == 2);
    platform.command(
        "{\"id\":\"c-1\",\"device\":\"unit-1\",\"point\":\"p0\",\"value\":1,\"deadline\":%d}"
            .formatted(Instant.now().plusSeconds(60).toEpochMilli()));
    Await.until("the command is answered", () -> !platform.results("c-1").isEmpty());
    assertThat(platform.results("c-1").get(0))
        .containsEntry("status", "refused")
        .containsEntry(
            "message", "the gateway does not know the time, so no deadline can be judged");
    int before = platform.readings().size();
    Await.until("readings go on", () -> platform.readings().size() > before + 40);
    Map<String, Object> last = platform.readings().get(platform.readings().size() - 1);
    assertThat(last).containsEntry("time-quality", "corrected");
    assertThat(time(last))
        .as("it runs on from the time it had")
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(5));
  }

  private static Instant time(Map<String, Object> item) {
    return Instant.ofEpochMilli(item.get("time") instanceof Long time ? time : -1);
  }

  private static long hours(Map<String, Object> event) {
    return event.get("seconds") instanceof Number seconds
        ? Math.round(seconds.doubleValue() / 3600)
        : Long.MIN_VALUE;
  }

  private static List<Map<String, Object>> events(Platform platform, String type) {
    return platform.events().stream().filter(event -> type.equals(event.get("type"))).toList();
  }

  private static boolean isTrusted(GatewayProcess gateway) throws Exception {
    return part(gateway, "clock").get("trusted") instanceof Boolean trusted && trusted;
  }

  private static long lastSeq(GatewayProcess gateway) throws Exception {
    return part(gateway, "journal").get("lastSeq") instanceof Long seq ? seq : -1;
  }

  private static Map<?, ?> part(GatewayProcess gateway, String name) throws Exception {
    return json(gateway, "/api/v1/status").get(name) instanceof Map<?, ?> part ? part : Map.of();
  }

  private static long missedPolls(GatewayProcess gateway) throws Exception {
    return json(gateway, "/api/v1/devices/tcp-1").get("missedPolls") instanceof Long missed
        ? missed
        : -1;
  }

  private static Map<String, Object> json(GatewayProcess gateway, String path) throws Exception {
    return Json.object(gateway.get(path).getBytes(StandardCharsets.UTF_8));
  }
}
