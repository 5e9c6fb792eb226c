package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.Configuration.Change;
import io.polegate.testkit.Await;
import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.mqtt.Platform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a platform wants of the document, through a real broker. */
final class ConfigurationRequestsTest {
  private Mosquitto broker;
  private Platform platform;
  private Pole pole;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    broker = Mosquitto.start(folder);
    platform = new Platform(broker.url(), "P-1");
    pole = new Pole();
  }

  @AfterEach
  void stop() throws Exception {
    pole.close();
    platform.close();
    broker.close();
  }

  private void connect(String allowed) throws Exception {
    pole.connect(broker.url(), "configuration", allowed);
    pole.awaitConnected();
  }

  private Map<String, Object> awaitEvent(String type) {
    Await.until(
        "event " + type,
        () -> platform.events().stream().anyMatch(event -> type.equals(event.get("type"))));
    return platform.events().stream()
        .filter(event -> type.equals(event.get("type")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aDocumentComesOnTrialUnderTheNameOfTheConnection() throws Exception {
    connect("true");
    platform.configuration(
        "{\"id\":\"v7\",\"document\":\"pole: {id: P-1}\",\"author\":\"lin\",\"reason\":\"new"
            + " lamp\",\"confirm-within\":\"90s\"}");
    Await.until("the change", () -> !pole.configuration.changes.isEmpty());

    assertThat(pole.configuration.changes)
        .containsExactly(
            new Change(
                "v7",
                "pole: {id: P-1}",
                "cloud:city lin",
                "new lamp",
                Optional.of(Duration.ofSeconds(90))));
  }

  @Test
  void verdictsAndEarlierVersionsAreWantedToo() throws Exception {
    connect("true");
    platform.configuration("{\"id\":\"known\",\"confirm\":true}");
    platform.configuration("{\"id\":\"known\",\"confirm\":false}");
    platform.configuration("{\"id\":\"back\",\"version\":3}");
    Await.until("the verdicts", () -> pole.configuration.verdicts.size() == 3);

    assertThat(pole.configuration.verdicts)
        .containsExactly("keep known by cloud:city", "undo known by cloud:city", "back to 3");
    assertThat(pole.configuration.changes.get(0).confirmWithin()).contains(Duration.ofMinutes(5));
  }

  @Test
  void whatIsInForceAlreadyIsAnsweredAndNothingElse() throws Exception {
    connect("true");
    platform.configuration("{\"id\":\"v8\",\"document\":\"same\"}");

    assertThat(awaitEvent("configuration-unchanged"))
        .containsEntry("change", "v8")
        .containsEntry("connection", "city")
        .containsEntry("sha256", "00ff");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"id\":\"x\"}",
        "{\"id\":\"x\",\"document\":7.5e3,\"confirm-within\":\"soon\"}",
        "{\"id\":\"x\",\"document\":\"d\",\"confirm-within\":\"1s\"}",
        "{\"id\":\"x\",\"confirm\":\"perhaps\"}",
        "{\"id\":\"x\",\"version\":-1}",
        "{\"id\":\"x\",\"document\":\"d\"} and more",
        "{\"document\":\"d\"}",
        "{\"id\":\"x\",\"id\":\"y\",\"document\":\"d\"}"
      })
  void whatIsNoRequestIsRefusedInWordsAndChangesNothing(String payload) throws Exception {
    connect("true");
    platform.configuration(payload);

    assertThat(awaitEvent("configuration-refused").get("why"))
        .asString()
        .startsWith("the request ");
    assertThat(pole.configuration.changes).isEmpty();
    assertThat(pole.configuration.verdicts).isEmpty();
  }

  @Test
  void ofRequestsWithoutAnIdOneAMinuteIsTold() throws Exception {
    connect("true");
    platform.configuration("[]");
    platform.configuration("[]");
    platform.configuration("[]");
    platform.configuration("{\"id\":\"behind\",\"confirm\":true}");
    Await.until("the last", () -> !refusals("behind").isEmpty());
    pole.nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    platform.configuration("[]");

    Await.until("the minute is over", () -> refusals("").size() == 2);
    assertThat(refusals("").get(0)).containsEntry("suppressed", 0L);
    assertThat(refusals("").get(1)).containsEntry("suppressed", 2L);
  }

  @Test
  void ofAFloodOfMalformedRequestsTheFirstOnesAreTold() throws Exception {
    connect("true");
    for (int i = 0; i < 10; i++) {
      String id = "x" + i;
      platform.configuration("{\"id\":\"" + id + "\"}");
      Await.until("it is told", () -> !refusals(id).isEmpty());
    }
    for (int i = 10; i < 15; i++) {
      platform.configuration("{\"id\":\"x" + i + "\"}");
    }
    platform.configuration("{\"id\":\"behind\",\"confirm\":true}");
    Await.until("the last", () -> !refusals("behind").isEmpty());
    pole.nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    platform.configuration("{\"id\":\"later\"}");
    Await.until("the minute is over", () -> !refusals("later").isEmpty());

    assertThat(refusals("x10")).isEmpty();
    assertThat(refusals("later").get(0)).containsEntry("suppressed", 5L);
  }

  private List<Map<String, Object>> refusals(String id) {
    return platform.events().stream()
        .filter(event -> "configuration-refused".equals(event.get("type")))
        .filter(event -> id.equals(event.getOrDefault("change", "")))
        .toList();
  }

  @Test
  void aRetainedRequestNeverActs() throws Exception {
    platform.configuration(
        "{\"id\":\"x\",\"document\":\"d\"}".getBytes(StandardCharsets.UTF_8), true);
    connect("true");

    assertThat(awaitEvent("configuration-refused").get("why")).asString().contains("retain");
    assertThat(pole.configuration.changes).isEmpty();
  }

  @Test
  void aPlatformThatMayNotIsNotHeard() throws Exception {
    connect("false");
    platform.configuration("{\"id\":\"x\",\"document\":\"d\"}");
    // a command behind it: had the request been heard, it would have come first
    platform.command(
        "{\"id\":\"c\",\"device\":\"lamp-1\",\"point\":\"level\",\"value\":50,\"deadline\":1}");
    Await.until("the command", () -> pole.commands.done().size() == 1);

    assertThat(pole.configuration.changes).isEmpty();
  }

  @Test
  void aChangeMayStopTheUplinkThatBroughtIt() throws Exception {
    connect("true");
    pole.configuration.onChange = () -> pole.bridge.apply(Pole.spec());
    platform.configuration("{\"id\":\"x\",\"document\":\"d\"}");
    Await.until("the change", () -> pole.configuration.changes.size() == 1);

    assertThat(pole.bridge.uplinks()).isEmpty();
  }
}
