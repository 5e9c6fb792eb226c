package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.dist.GatewayProcess.Ended;
import io.polegate.testkit.Await;
import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.mqtt.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A password reaches the broker that asks for it, and nobody else. */
final class SecretIT {
  private static final String CANARY = "canary-5f2e91-Zq";
  private static final String WRONG = "wrong-canary-77ab03";
  private static final String FORMLESS = "formless canary c41d";

  @TempDir Path folder;

  /** Lets in who has the right password, and who has no name. */
  private Path passwords(String password) throws IOException, InterruptedException {
    Path file = folder.resolve("passwords");
    Process process =
        new ProcessBuilder(
                "/usr/bin/mosquitto_passwd", "-c", "-b", file.toString(), "pole", password)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("passwd-out").toFile())
            .start();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    Files.delete(folder.resolve("passwd-out"));
    return file;
  }

  private static String document(SimulatedPole pole, String url) {
    return pole.document("1s", url)
        .replace(
            "retry-limit: 2s}",
            "username: pole, password: \"${secret:city-mqtt}\", retry-first: 200ms, retry-limit: 1s, configuration: true}");
  }

  private Ended secret(String value, String... words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("secret"));
    all.addAll(List.of(words));
    all.addAll(List.of("--config", folder.resolve("config").toString()));
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    Ended ended = GatewayProcess.callWith(value, folder, all.toArray(String[]::new));
    try (Stream<Path> inputs = Files.list(folder)) {
      for (Path input : inputs.filter(SecretIT::isInput).toList()) {
        Files.delete(input); // ours, not the gateway's
      }
    }
    assertThat(ended.stdout() + ended.stderr()).doesNotContain(value.strip());
    return ended;
  }

  private static boolean isInput(Path file) {
    return file.getFileName().toString().matches("in[0-9]+");
  }

  private static String put(String value) {
    return "{\"name\":\"city-mqtt\",\"value\":%s}".formatted(GatewayView.quote(value));
  }

  @Test
  void itReachesTheBrokerAndIsNowhereElse() throws Exception {
    Files.createDirectories(folder.resolve("config"));
    assertThat(secret(CANARY + "\n", "set", "city-mqtt").code()).isZero();
    try (Mosquitto broker = Mosquitto.start(folder, "password_file " + passwords(CANARY));
        SimulatedPole pole = new SimulatedPole();
        Platform platform = new Platform(broker.url(), "P-1");
        GatewayProcess gateway = GatewayProcess.start(folder, document(pole, broker.url()))) {
      GatewayView view = new GatewayView(gateway);
      Await.until("it is let in", () -> view.connected("city"));
      Await.until("readings arrive", () -> !platform.readings("tcp-1", "p9").isEmpty());
      String changed = document(pole, broker.url()).replaceFirst("poll: 1s", "poll: 900ms");
      assertThat(view.change(changed, "")).containsEntry("answer", "kept");

      wrongOnesAreRefusedInWords(view, platform, document(pole, broker.url()));
      assertNowhere(gateway, platform, List.of(CANARY, WRONG, FORMLESS));
      Map<String, Object> opened = Map.of("line", 1L, "peer", 1L);
      assertThat(view.openings()).isEqualTo(opened);
      assertThat(view.devices().values()).allMatch(device -> device.missed() == 0);
      assertThat(gateway.stop()).isZero();
      assertNowhereOnDisk(List.of(CANARY, WRONG, FORMLESS));
    }
  }

  /** Ends with the right one. */
  private void wrongOnesAreRefusedInWords(GatewayView view, Platform platform, String document)
      throws Exception {
    GatewayProcess gateway = view.gateway();
    gateway.post("/api/v1/secrets", put(WRONG));
    Await.until("the broker refuses it", () -> !view.connected("city") && !message(view).isEmpty());
    gateway.post("/api/v1/secrets", put(CANARY));
    Await.until("it is let in again", () -> view.connected("city"));
    assertThat(platform.lastState()).isNotEmpty();

    String missing = document.replace("secret:city-mqtt", "secret:none-such");
    assertThat(view.change(missing, "").toString()).contains("refused", "none-such");
    gateway.post("/api/v1/secrets", put(FORMLESS).replace("city-mqtt", "address"));
    String formless = document.replaceFirst("url: \"[^\"]*\"", "url: \"\\${secret:address}\"");
    String answer = view.change(formless, "").toString();
    assertThat(answer).contains("refused", "url").doesNotContain(FORMLESS);
  }

  private static String message(GatewayView view) throws Exception {
    return String.valueOf(view.uplink("city").get("message"));
  }

  private void assertNowhere(GatewayProcess gateway, Platform platform, List<String> canaries)
      throws Exception {
    List<String> paths =
        List.of(
            "/api/v1/status",
            "/api/v1/devices",
            "/api/v1/configuration",
            "/api/v1/configuration/history",
            "/api/v1/configuration/history/1",
            "/api/v1/configuration/history/2",
            "/api/v1/secrets",
            "/api/v1/buses/line/trace",
            "/healthz");
    StringBuilder said = new StringBuilder(gateway.log()).append(gateway.stdout());
    for (String path : paths) {
      said.append(gateway.get(path));
    }
    assertThat(said).contains("${secret:city-mqtt}");
    platform.arrivals().forEach(arrival -> said.append(arrival.topic()).append(arrival.body()));
    assertThat(said.toString()).doesNotContain(canaries);
    assertNowhereOnDisk(canaries);
  }

  private void assertNowhereOnDisk(List<String> canaries) throws IOException {
    int looked = 0;
    for (String root : List.of("config", "data")) {
      try (Stream<Path> files = Files.walk(folder.resolve(root))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          looked++;
          String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
          assertThat(canaries).as(file.toString()).noneMatch(bytes::contains);
        }
      }
    }
    assertThat(looked).isGreaterThan(5);
  }

  @Test
  void anotherValueMakesTheConnectionAnewAndNothingElse() throws Exception {
    Files.createDirectories(folder.resolve("config"));
    assertThat(secret("first", "set", "city-mqtt").code()).isZero();
    try (Mosquitto broker = Mosquitto.start(folder, "password_file " + passwords("first"));
        SimulatedPole pole = new SimulatedPole();
        Platform platform = new Platform(broker.url(), "P-1");
        GatewayProcess gateway = GatewayProcess.start(folder, document(pole, broker.url()))) {
      GatewayView view = new GatewayView(gateway);
      Await.until("it is let in", () -> view.connected("city"));
      Await.until("all answer", view::allOnline);
      broker.stop();
      Path ignored = passwords("second");
      broker.start();
      Await.until(
          "the old one is refused", () -> message(view).contains("does not let this client in"));
      long states = platform.bodies("state").size();
      assertThat(gateway.post("/api/v1/secrets", put("second"))).contains("city-mqtt");
      Await.until("it is let in with the new one", () -> view.connected("city"));
      platform.connect();
      Await.until("it says so", () -> platform.bodies("state").size() > states);
      assertThat(platform.lastState()).isEqualTo("online");
      assertThat(view.openings()).isEqualTo(Map.of("line", 1L, "peer", 1L));
      assertThat(Objects.requireNonNull(view.devices().get("unit-1")).missed()).isZero();
      assertThat(view.history()).hasSize(1);
    }
  }
}
