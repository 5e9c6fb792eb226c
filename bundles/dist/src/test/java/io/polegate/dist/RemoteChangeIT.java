package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.Await;
import io.polegate.testkit.Ports;
import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.mqtt.Platform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform changes the document over MQTT: nothing that it sends can strand the pole. */
final class RemoteChangeIT {
  private static final Duration WITHIN = Duration.ofSeconds(10);

  /** What a busy machine, and the steps of a second in which a trial is looked at, may add. */
  private static final Duration MARGIN = Duration.ofSeconds(8);

  @TempDir Path folder;
  private Mosquitto broker;
  private SimulatedPole pole;
  private Platform platform;
  private GatewayProcess gateway;
  private GatewayView view;
  private String document;

  @BeforeEach
  void start() throws Exception {
    broker = Mosquitto.start(folder);
    pole = new SimulatedPole();
    platform = new Platform(broker.url(), "P-1");
    document = documentFor(broker.url());
    gateway = GatewayProcess.start(folder, document);
    view = new GatewayView(gateway);
    Await.until("all devices answer", view::allOnline);
    Await.until("readings arrive", () -> !platform.readings("tcp-1", "p9").isEmpty());
    assertThat(gateway.log())
        .as("nothing to complain about at a start")
        .doesNotContain("WARN ", "ERROR ");
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
    platform.close();
    pole.close();
    broker.close();
  }

  private String documentFor(String url) {
    return pole.document("1s", url).replace("city: {", "city: {configuration: true, ");
  }

  private void send(String id, String what) throws Exception {
    platform.configuration("{\"id\":\"%s\",%s}".formatted(id, what));
  }

  private static String document(String text, String within) {
    return "\"document\":%s,\"confirm-within\":\"%s\"".formatted(GatewayView.quote(text), within);
  }

  private List<Map<String, Object>> events(String type, String id) {
    return platform.events().stream()
        .filter(
            event -> type.equals(event.get("type")) && id.equals(event.getOrDefault("change", "")))
        .toList();
  }

  private Map<String, Object> event(String type, String id) {
    return event(type, id, Duration.ofSeconds(20));
  }

  private Map<String, Object> event(String type, String id, Duration patience) {
    Await.until(type + " " + id, patience, () -> !events(type, id).isEmpty());
    assertThat(events(type, id)).hasSize(1);
    return events(type, id).get(0);
  }

  private void assertBusesWereLeftAlone() throws Exception {
    assertThat(view.openings()).isEqualTo(Map.of("line", 1L, "peer", 1L));
    assertThat(view.devices())
        .hasSize(4)
        .allSatisfy(
            (id, device) -> {
              assertThat(device.missed()).as(id).isZero();
              assertThat(device.state()).as(id).isEqualTo("online");
            });
  }

  @Test
  void aDeadBrokerIsUndoneInTimeAndThePlatformLearnsWhy() throws Exception {
    Map<String, GatewayView.Polls> before = view.devices();
    String dead = documentFor("tcp://127.0.0.1:" + Ports.free());
    long sent = System.nanoTime();
    send("v-1", document(dead, WITHIN.toSeconds() + "s"));
    Await.until("it is on trial", () -> view.trial().equals("v-1"));
    Duration begun = Duration.ofNanos(System.nanoTime() - sent);
    assertThat(view.document()).isEqualTo(document);
    Await.until("it is undone", WITHIN.plus(MARGIN), () -> view.trial().isEmpty());
    Duration trial = Duration.ofNanos(System.nanoTime() - sent);
    Map<String, Object> undone = event("configuration-rolled-back", "v-1");
    Duration told = Duration.ofNanos(System.nanoTime() - sent);
    System.out.printf(
        "begun after %s, undone after %s, told after %s: %s%n", begun, trial, told, undone);

    assertThat(trial).isBetween(WITHIN.minusMillis(50), WITHIN.plus(MARGIN));
    assertThat(told).isLessThan(WITHIN.plus(MARGIN));
    assertThat(undone)
        .containsEntry("lane", "alarm")
        .containsEntry("cause", "not-confirmed")
        .containsEntry("author", "cloud:city");
    assertThat(String.valueOf(undone.get("why")))
        .contains("within 10 s", "connection \"city\" is not connected (", "onnect");
    assertThat(folder.resolve("config/pole.yaml")).hasContent(document);
    assertThat(view.history()).hasSize(1);
    assertBusesWereLeftAlone();
    view.devices()
        .forEach(
            (id, device) ->
                assertThat(device.polls() - Objects.requireNonNull(before.get(id)).polls())
                    .as(id)
                    .isGreaterThanOrEqualTo(WITHIN.toSeconds() - 1));
    Await.until("what was measured meanwhile arrives", () -> platform.holes().isEmpty());
  }

  @Test
  void aGoodChangeIsKeptWhenContactIsRegained() throws Exception {
    String better = document.replace("pole: {id: P-1}", "pole: {id: P-1, name: new lamp}");
    send("v-1", document(better, "10s") + ",\"author\":\"lin\",\"reason\":\"a lamp\"");
    assertThat(event("configuration-on-trial", "v-1")).containsEntry("seconds", 10L);
    assertThat(event("configuration-changed", "v-1"))
        .containsEntry("author", "cloud:city lin")
        .containsEntry("reason", "a lamp")
        .containsEntry("version", 2L);
    assertThat(folder.resolve("config/pole.yaml")).hasContent(better);
    assertBusesWereLeftAlone();

    // the same again, and the same under a new id: nothing happens
    Map<String, Object> kept = view.get("/api/v1/configuration");
    send("v-2", document(better, "10s"));
    assertThat(event("configuration-unchanged", "v-2"))
        .containsEntry("connection", "city")
        .containsEntry("sha256", view.history().get(0).get("sha256"));
    assertThat(view.get("/api/v1/configuration")).isEqualTo(kept);
    assertThat(view.history()).hasSize(2);
    assertBusesWereLeftAlone();

    // an earlier version, over MQTT and over REST
    send("v-3", "\"version\":1,\"confirm-within\":\"5m\"");
    event("configuration-on-trial", "v-3");
    send("v-3", "\"confirm\":true");
    assertThat(event("configuration-changed", "v-3")).containsEntry("version", 3L);
    assertThat(view.document()).isEqualTo(document);
    assertThat(view.post("/api/v1/configuration/rollback", "{\"version\":2}"))
        .containsEntry("answer", "kept")
        .containsEntry("number", 4L);
    assertThat(view.document()).isEqualTo(better);
    assertThat(view.post("/api/v1/configuration/rollback", "{\"version\":99}"))
        .containsEntry("answer", "refused");
    send("v-5", "\"version\":99");
    assertThat(event("configuration-refused", "v-5"))
        .containsEntry("why", "version 99 is not kept");
    assertBusesWereLeftAlone();
  }

  @Test
  void aVerdictEndsATrialAndAWrongDocumentNeverBeginsOne() throws Exception {
    String faster = document.replaceFirst("poll: 1s", "poll: 900ms");
    send("v-1", document(faster, "5m"));
    event("configuration-on-trial", "v-1");
    send("v-1", "\"confirm\":false,\"author\":\"lin\"");
    assertThat(event("configuration-rolled-back", "v-1"))
        .containsEntry("cause", "rejected")
        .containsEntry("why", "rejected by cloud:city lin");
    assertThat(folder.resolve("config/pole.yaml")).hasContent(document);

    send("v-2", document(faster, "5m"));
    event("configuration-on-trial", "v-2");
    send("v-2", "\"confirm\":true");
    event("configuration-changed", "v-2");
    assertThat(folder.resolve("config/pole.yaml")).hasContent(faster);

    // who missed an answer asks again
    send("v-1", document(faster, "5m"));
    assertThat(event("configuration-refused", "v-1"))
        .containsEntry("why", "undone: rejected by cloud:city lin");
    send("v-2", document(faster, "5m"));
    Await.until("it is told again", () -> events("configuration-changed", "v-2").size() == 2);

    send("v-3", document(document.replace("bus: line", "bus: lien"), "5m"));
    assertThat(String.valueOf(event("configuration-refused", "v-3").get("why")))
        .contains("pole.yaml:", "lien", "line");
    send("v-4", "\"confirm\":true");
    assertThat(event("configuration-refused", "v-4"))
        .containsEntry("why", "no such change is on trial");
    platform.configuration("no JSON");
    assertThat(String.valueOf(event("configuration-refused", "").get("why")))
        .contains("not well-formed JSON");
    assertThat(view.trial()).isEmpty();
    assertThat(view.history()).hasSize(2);
    assertBusesWereLeftAlone();
  }

  @Test
  void killedDuringATrialItStartsWithTheDocumentBeforeAndSaysSo() throws Exception {
    send("v-1", document(document.replaceFirst("poll: 1s", "poll: 900ms"), "5m"));
    event("configuration-on-trial", "v-1");
    gateway.kill();
    gateway.start();
    assertThat(event("configuration-rolled-back", "v-1"))
        .containsEntry("cause", "restarted")
        .containsEntry("author", "cloud:city");
    assertThat(view.document()).isEqualTo(document);
    assertThat(view.trial()).isEmpty();
    assertThat(folder.resolve("config/pole.yaml")).hasContent(document);
    assertThat(view.history()).hasSize(1);
    Await.until("all devices answer", view::allOnline);
    Await.until("what was measured meanwhile arrives", () -> platform.holes().isEmpty());
  }
}
