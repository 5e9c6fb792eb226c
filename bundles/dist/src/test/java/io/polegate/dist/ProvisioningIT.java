package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.Await;
import io.polegate.testkit.modbus.ModbusTcpPeer;
import io.polegate.testkit.modbus.ModbusUnit;
import io.polegate.testkit.modbus.Table;
import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.mqtt.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new pole comes up without a console and without a visit. */
final class ProvisioningIT {
  private static final String PROFILE =
      """
      version: 1
      name: {zh: 自制传感器, en: Own sensor}
      maker: {zh: 自制, en: own}
      category: environment
      source: our own
      confidence: high
      note: {zh: 仅供测试。, en: For tests.}
      drivers: [modbus-tcp]
      link: {unit: 1}
      points:
        warmth: {name: {zh: 温度, en: Warmth}, address: "input:1", type: int16, scale: 0.1, unit: "°C", min: -40, max: 80}
      """;

  @TempDir Path folder;
  private final ModbusUnit sensor = new ModbusUnit().set(Table.INPUT, 1, -55 & 0xFFFF);

  private static String document(ModbusTcpPeer peer, String profile, String url) {
    return """
        pole: {id: P-1}
        journal: {commit-interval: 100ms}
        buses: {net: {driver: modbus-tcp, host: 127.0.0.1, port: %d}}
        devices: {sensor-1: {bus: net, unit: 1, poll: 500ms, profile: %s}}
        cloud: {city: {url: "%s", username: "${secret:name}", retry-limit: 1s}}
        """
        .formatted(peer.port(), profile, url);
  }

  @Test
  void theFirstBootFolderBringsDocumentSecretsAndOwnProfiles() throws Exception {
    Path first = Files.createDirectories(folder.resolve("config/first-boot"));
    Path profiles = Files.createDirectories(first.resolve("profiles"));
    Files.writeString(profiles.resolve("own-sensor.yaml"), PROFILE);
    Files.writeString(first.resolve("secrets.yaml"), "name: first-boot-canary\n");
    try (Mosquitto broker = Mosquitto.start(folder);
        ModbusTcpPeer peer = new ModbusTcpPeer(0, Map.of(1, sensor));
        Platform platform = new Platform(broker.url(), "P-1")) {
      String document = document(peer, "own-sensor", broker.url());
      Files.writeString(first.resolve("pole.yaml"), document);
      try (GatewayProcess gateway = GatewayProcess.startAsItIs(folder)) {
        assertDelivers(platform, "warmth", -5.5);
        assertThat(folder.resolve("config/pole.yaml")).hasContent(document);
        assertThat(folder.resolve("config/profiles/own-sensor.yaml")).hasContent(PROFILE);
        assertThat(first.resolve("secrets.yaml")).doesNotExist();
        assertThat(gateway.log()).contains("this pole is new").doesNotContain("first-boot-canary");
        assertThat(gateway.get("/api/v1/secrets")).contains("[\"name\"]");

        // the folder counts once: the pole has a document now
        Files.writeString(first.resolve("pole.yaml"), document.replace("P-1", "P-2"));
        assertThat(gateway.stop()).isZero();
        gateway.start();
        assertThat(new GatewayView(gateway).document()).isEqualTo(document);
        int before = platform.readings("sensor-1", "warmth").size();
        Await.until("it goes on", () -> platform.readings("sensor-1", "warmth").size() > before);
      }
    }
  }

  @Test
  void theEnvironmentBringsDocumentAndSecrets() throws Exception {
    sensor.set(Table.INPUT, 2, 431);
    try (Mosquitto broker = Mosquitto.start(folder);
        ModbusTcpPeer peer = new ModbusTcpPeer(0, Map.of(1, sensor));
        Platform platform = new Platform(broker.url(), "P-1")) {
      String document = document(peer, "xy-md02", broker.url());
      Map<String, String> environment =
          Map.of("POLEGATE_DOCUMENT", document, "POLEGATE_SECRET_NAME", "environment-canary");
      try (GatewayProcess gateway = GatewayProcess.startAsItIs(folder, environment)) {
        assertDelivers(platform, "humidity", 43.1);
        assertThat(folder.resolve("config/pole.yaml")).hasContent(document);
        assertThat(gateway.log()).doesNotContain("environment-canary");
        assertThat(gateway.stop()).isZero();
      }
    }
  }

  private static void assertDelivers(Platform platform, String point, double value) {
    Await.until("readings arrive", () -> !platform.readings("sensor-1", point).isEmpty());
    assertThat(Objects.requireNonNull(platform.readings("sensor-1", point).get(0).get("value")))
        .isEqualTo(value);
  }
}
