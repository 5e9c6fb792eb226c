package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.journal.Lane;
import io.polegate.testkit.Await;
import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.mqtt.Platform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a platform wants of the pace of history. */
final class PlatformPaceTest {

  @Test
  void thePlatformsWordTakesTheBrakeOff(@TempDir Path folder) throws Exception {
    try (Pole pole = new Pole();
        Mosquitto broker = Mosquitto.start(folder);
        Platform platform = new Platform(broker.url(), "P-1")) {
      pole.journal.appendReadings(5000);
      pole.journal.append(InMemoryJournal.event(Lane.ALARM, "tilt"));
      pole.connect(broker.url(), "history-pace", "1");
      Await.until("the alarm and a reading", () -> platform.seqs().size() >= 2);
      pole.journal.append(InMemoryJournal.event(Lane.ALARM, "door-open"));
      Await.until("the other alarm", () -> platform.events().size() == 2);
      assertThat(pole.pending(Lane.TELEMETRY)).isGreaterThan(4000);

      platform.say("pace", "{\"history\":0,\"for\":\"1h\",\"time\":1793534400000}", false);
      pole.awaitDrained();
      Await.until("all arrived", () -> platform.hasAllUpTo(5002));
      assertThat(pole.heard).containsExactly("uplink \"city\" 2026-11-01T12:00:00Z");
    }
  }

  @Test
  void aRetainedWordDoesNotCount(@TempDir Path folder) throws Exception {
    try (Pole pole = new Pole();
        Mosquitto broker = Mosquitto.start(folder);
        Platform platform = new Platform(broker.url(), "P-1")) {
      platform.say("pace", "{\"history\":1,\"for\":\"1d\"}", true);
      pole.journal.appendReadings(5000);
      pole.connect(broker.url());
      pole.awaitDrained();
      Await.until("it is reported", () -> platform.events().size() == 1);
      assertThat(platform.events().get(0))
          .containsEntry("type", "platform-message-refused")
          .containsEntry("connection", "city");
    }
  }

  private static PlatformParser.Parsed parse(String text) {
    return PlatformParser.pace(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"history\":-1}",
        "{\"history\":1000001}",
        "{\"history\":1.5}",
        "{\"history\":\"fast\"}",
        "{\"history\":true}",
        "{\"history\":5,\"for\":\"0s\"}",
        "{\"history\":5,\"for\":\"25h\"}",
        "{\"history\":5,\"for\":\"-5m\"}",
        "{\"history\":5,\"for\":\"99999999999999999999d\"}",
        "{\"history\":5,\"for\":60}",
        "{\"history\":5,\"for\":null}",
        "{\"history\":5,\"for\":\"10m\"",
        "{\"history\":5}]",
        "[[[[[[[[[[[[5]]]]]]]]]]]]",
        "null",
        ""
      })
  void anythingElseIsRefusedInWords(String text) {
    assertThat(parse(text)).isInstanceOf(PlatformParser.Parsed.Malformed.class);
  }

  @Test
  void aWordIsBoundedAndUnknownMembersArePassedOver() {
    assertThat(parse("{\"history\":500,\"why\":{\"x\":[1]}}"))
        .isInstanceOfSatisfying(
            PlatformParser.Parsed.Pace.class,
            pace -> {
              assertThat(pace.history()).isEqualTo(500);
              assertThat(pace.length()).isEqualTo(Duration.ofMinutes(10));
              assertThat(pace.time()).isEmpty();
            });
    assertThat(parse("{\"history\":1,\"x\":\"" + "y".repeat(5000) + "\"}"))
        .isInstanceOf(PlatformParser.Parsed.Malformed.class);
  }
}
