package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.dist.GatewayProcess.Ended;
import io.polegate.testkit.Await;
import io.polegate.testkit.Ports;
import io.polegate.testkit.mqtt.Json;
import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.mqtt.Platform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of a plugin: the template of a driver, built alone, dropped into a running gateway,
 * upgraded, followed by bad jars, removed; and all the time a bus of the gateway's own that must
 * not notice.
 */
final class PluginIT {
  private static final long POLL_MILLIS = 100;

  /** A bus that waited for anything of a plugin would wait longer than this. */
  private static final long LONGEST_PAUSE_MILLIS = 1_500;

  @TempDir Path folder;

  private static String document(String url, int port) {
    return """
        pole: {id: P-1}
        journal: {commit-interval: 100ms}
        buses:
          own: {driver: simulator}
          field: {driver: line, host: 127.0.0.1, port: %d, retry-limit: 1s}
        devices:
          steady:
            bus: own
            poll: %dms
            points: {count: {signal: counter, type: integer, period: 1s}}
          tank:
            bus: field
            station: a
            poll: 200ms
            points: {level: {name: level}}
        cloud:
          city: {url: "%s"}
        """
        .formatted(port, POLL_MILLIS, url);
  }

  @Test
  void aPluginComesIsUpgradedAndGoesAndNobodyElseNotices() throws Exception {
    Path first = folder.resolve("first.jar");
    Path second = folder.resolve("second.jar");
    buildTwoVersions(first, second);
    int port = Ports.free();
    Process device = LinePeer.start(folder.resolve("my-driver"), port);
    Path plugin = folder.resolve("data/plugins/line.jar");
    try (Mosquitto broker = Mosquitto.start(folder);
        Platform platform = new Platform(broker.url(), "P-1");
        GatewayProcess gateway = GatewayProcess.start(folder, document(broker.url(), port))) {
      Await.until("the steady bus reports", () -> platform.readings("steady", "count").size() > 5);
      assertThat(gateway.log()).contains("there is no driver \"line\"");
      assertThat(busMessage(gateway, "field")).contains("there is no driver \"line\"");

      TemplateBuild.drop(first, plugin);
      Await.until("the plugin's readings arrive", () -> has(platform, 42.5));
      checkKnowsThePlugin();

      TemplateBuild.drop(second, plugin);
      Await.until("readings of the second version arrive", () -> has(platform, 1042.5));

      badJarsHarmNothing(plugin, gateway, platform);

      Files.delete(plugin);
      await(platform, "plugin-removed", "line.jar");
      assertThat(busMessage(gateway, "field")).contains("there is no driver \"line\"");
      int before = platform.readings("steady", "count").size();
      Await.until(
          "the steady bus goes on", () -> platform.readings("steady", "count").size() > before + 5);
      assertThat(platform.holes()).isEmpty();
      assertUndisturbed(platform);
      assertThat(gateway.stop()).isZero();
      aPluginIsThereBeforeTheDocumentIsRead(second, plugin, gateway);
    } finally {
      device.destroyForcibly().waitFor();
    }
  }

  private void buildTwoVersions(Path first, Path second) throws Exception {
    try (TemplateBuild template = new TemplateBuild(folder)) {
      Files.move(template.build("verify"), first);
      assertThat(template.log()).containsPattern("Tests run: [1-9][0-9], Failures: 0, Errors: 0");
      template.replace("pom.xml", "<version>1.0.0</version>", "<version>1.1.0</version>");
      template.replace(
          "src/main/java/org/example/line/LineDriver.java",
          "Double.parseDouble(answer.text())",
          "1000 + Double.parseDouble(answer.text())");
      Files.move(template.build("package", "-DskipTests"), second);
    }
  }

  private static void aPluginIsThereBeforeTheDocumentIsRead(
      Path jar, Path plugin, GatewayProcess gateway) throws Exception {
    TemplateBuild.drop(jar, plugin);
    int before = gateway.log().length();
    gateway.start();
    assertThat(busMessage(gateway, "field")).isEmpty();
    assertThat(gateway.log().substring(before)).doesNotContain("there is no driver");
    assertThat(gateway.stop()).isZero();
  }

  private void badJarsHarmNothing(Path plugin, GatewayProcess gateway, Platform platform)
      throws Exception {
    Files.writeString(plugin.resolveSibling("broken.jar"), "PK no zip at all");
    await(platform, "plugin-refused", "broken.jar");
    assertThat(gateway.log()).contains("plugin \"broken.jar\" is refused: is no whole jar");
    byte[] whole = Files.readAllBytes(plugin);
    Files.write(plugin, java.util.Arrays.copyOf(whole, whole.length / 2));
    await(platform, "plugin-refused", "line.jar");
    int before = platform.readings("tank", "level").size();
    Await.until(
        "the version before goes on",
        () -> platform.readings("tank", "level").size() > before + 3 && has(platform, 1042.5));
  }

  private void checkKnowsThePlugin() throws Exception {
    String file = folder.resolve("config/pole.yaml").toString();
    Ended with =
        GatewayProcess.call(folder, "check", file, "--data", folder.resolve("data").toString());
    assertThat(with.stderr()).doesNotContain("pole.yaml");
    assertThat(with.stdout()).contains("pole.yaml: ok (buses 2, devices 2, points 2");
    assertThat(with.code()).isZero();
    Ended without = GatewayProcess.call(folder, "check", file);
    assertThat(without.code()).isEqualTo(1);
    assertThat(without.stderr()).contains("there is no driver \"line\"");
  }

  private static void await(Platform platform, String type, String file) {
    Await.until(
        type + " of " + file,
        () ->
            platform.events().stream()
                .anyMatch(e -> type.equals(e.get("type")) && file.equals(e.get("file"))));
  }

  private static boolean has(Platform platform, double level) {
    List<Map<String, Object>> readings = platform.readings("tank", "level");
    return !readings.isEmpty()
        && Double.valueOf(level).equals(readings.get(readings.size() - 1).get("value"));
  }

  private static String busMessage(GatewayProcess gateway, String bus) throws Exception {
    Map<String, Object> status =
        Json.object(gateway.get("/api/v1/status").getBytes(StandardCharsets.UTF_8));
    return Json.objects(status, "buses").stream()
        .filter(b -> bus.equals(b.get("id")))
        .map(b -> String.valueOf(b.get("message")))
        .findFirst()
        .orElseThrow();
  }

  /** No reading is missing: polls follow each other, whatever happened to the plugin. */
  private static void assertUndisturbed(Platform platform) {
    assertThat(platform.events())
        .filteredOn(e -> "bus-open".equals(e.get("type")) && "own".equals(e.get("bus")))
        .hasSize(1);
    List<Map<String, Object>> readings = platform.readings("steady", "count");
    assertThat(readings).allMatch(reading -> reading.containsKey("value"));
    for (int i = 1; i < readings.size(); i++) {
      assertThat(time(readings.get(i)) - time(readings.get(i - 1)))
          .as("pause before reading %d of %d", i, readings.size())
          .isLessThan(LONGEST_PAUSE_MILLIS);
    }
  }

  private static long time(Map<String, Object> reading) {
    return (Long) Objects.requireNonNull(reading.get("time"));
  }
}
