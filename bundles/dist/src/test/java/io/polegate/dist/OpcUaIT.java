package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.Await;
import io.polegate.testkit.Ports;
import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.mqtt.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pole with an OPC UA server that others wrote, node-opcua, in an encrypted connection. */
final class OpcUaIT {
  @TempDir Path folder;
  @TempDir Path peer;

  private static String document(int port, String url) {
    return """
        pole: {id: P-1}
        journal: {commit-interval: 100ms}
        buses:
          plc: {driver: opcua, endpoint: "opc.tcp://127.0.0.1:%d", security: Basic256Sha256-SignAndEncrypt,
                username: pole, password: secret, timeout: 2s, publishing: 50ms, retry-limit: 1s}
        devices:
          lamp:
            bus: plc
            poll: 1m
            namespace: "urn:lamp"
            points:
              dim: {address: "s=Dim", type: integer, access: read-write, min: 0, max: 255}
              name: {address: "s=Name", type: text}
              broken: {address: "s=Broken", type: real}
              counter: {address: "s=Counter", type: integer}
          server:
            bus: plc
            poll: 1s
            points:
              state: {address: "i=2259", type: integer}
        cloud:
          city: {url: "%s", retry-limit: 1s}
        """
        .formatted(port, url);
  }

  @Test
  void aPersonTrustsTheServerAndThenEverythingHealsByItself() throws Exception {
    int port = Ports.free();
    try (Mosquitto broker = Mosquitto.start(folder);
        NodeOpcua server = new NodeOpcua(port, peer);
        Platform platform = new Platform(broker.url(), "P-1");
        GatewayProcess gateway = GatewayProcess.start(folder, document(port, broker.url()))) {
      Await.until("the refusal is reported", () -> !refusals(platform).isEmpty());
      assertThat(platform.readings("lamp", "counter")).noneMatch(r -> r.containsKey("value"));
      trust(refusals(platform).get(0));

      Await.until("values arrive", () -> !good(platform, "name").isEmpty());
      assertThat(last(platform, "name")).isEqualTo("路灯 7");
      assertThat(platform.readings("lamp", "broken")).anyMatch(OpcUaIT::isOfSensor);
      awaitChanges(platform); // long before the next poll

      platform.command(
          "{\"id\":\"c-1\",\"device\":\"lamp\",\"point\":\"dim\",\"value\":42,\"deadline\":%d}"
              .formatted(System.currentTimeMillis() + 60_000));
      Await.until("the result arrives", () -> !platform.results("c-1").isEmpty());
      assertThat(platform.results("c-1").get(0))
          .containsEntry("status", "done")
          .containsEntry("value", 42L);

      server.stop();
      Await.until("the loss is reported", () -> events(platform, "bus-down").size() > 1);
      try (NodeOpcua again = new NodeOpcua(port, peer)) {
        Await.until("the bus is open", () -> events(platform, "bus-open").size() > 1);
        awaitChanges(platform);
        assertThat(again.isAlive()).isTrue();
      }
      assertThat(platform.holes()).isEmpty();
      assertThat(gateway.stop()).isZero();
      assertThat(gateway.log()).doesNotContain("secret", "Exception in thread");
    }
  }

  private static void awaitChanges(Platform platform) {
    int before = good(platform, "counter").size();
    Await.until("pushed changes", () -> good(platform, "counter").size() > before + 3);
  }

  private static List<Map<String, Object>> refusals(Platform platform) {
    return events(platform, "bus-down").stream()
        .filter(e -> String.valueOf(e.get("message")).contains("nobody has trusted"))
        .toList();
  }

  /** Does what the message says: moves the file to the folder of those that are trusted. */
  private void trust(Map<String, Object> refusal) throws IOException {
    Path pki = folder.resolve("data/opcua");
    try (Stream<Path> files = Files.list(pki.resolve("rejected"))) {
      Path rejected = files.findFirst().orElseThrow();
      assertThat(String.valueOf(refusal.get("message")))
          .contains(rejected.toString(), pki.resolve("trusted").toString());
      Files.move(rejected, pki.resolve("trusted").resolve(rejected.getFileName()));
    }
  }

  private static boolean isOfSensor(Map<String, Object> reading) {
    return "sensor-fault".equals(reading.get("bad"));
  }

  private static List<Map<String, Object>> events(Platform platform, String type) {
    return platform.events().stream().filter(e -> type.equals(e.get("type"))).toList();
  }

  private static List<Map<String, Object>> good(Platform platform, String point) {
    return platform.readings("lamp", point).stream().filter(r -> r.containsKey("value")).toList();
  }

  private static Object last(Platform platform, String point) {
    List<Map<String, Object>> readings = good(platform, point);
    return Objects.requireNonNull(readings.get(readings.size() - 1).get("value"));
  }
}
