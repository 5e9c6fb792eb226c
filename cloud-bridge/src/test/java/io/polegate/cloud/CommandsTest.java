package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.Await;
import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.mqtt.Platform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands through a real broker. */
final class CommandsTest {
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
    pole.commands.unblock();
    pole.close();
    platform.close();
    broker.close();
  }

  private static String command(String id) {
    return "{\"id\":\"%s\",\"device\":\"lamp-1\",\"point\":\"level\",\"value\":50,\"deadline\":1}"
        .formatted(id);
  }

  private void awaitResult(String id, String status) {
    Await.until(
        "result of " + id,
        () ->
            platform.results().stream()
                .anyMatch(r -> id.equals(r.get("id")) && status.equals(r.get("status"))));
  }

  @Test
  void aCommandActsAndItsResultArrives() throws Exception {
    pole.connect(broker.url());
    pole.awaitConnected();
    platform.command(command("c1"));
    awaitResult("c1", "done");

    assertThat(pole.commands.done()).hasSize(1);
    assertThat(pole.commands.done().get(0).origin().name()).isEqualTo("city");
    assertThat(platform.results().get(0))
        .containsEntry("value", 50L)
        .containsEntry("time", 1793534400000L)
        .containsKey("seq");
  }

  @Test
  void commandsOfAnOutageArriveAfterIt() throws Exception {
    pole.connect(broker.url());
    pole.awaitConnected();
    pole.close();
    platform.command(command("c1"));
    pole.connect(broker.url());
    awaitResult("c1", "done");
  }

  @Test
  void aRetainedCommandNeverActsAndIsAnsweredOnce() throws Exception {
    platform.command(command("c1").getBytes(StandardCharsets.UTF_8), true);
    pole.connect(broker.url());
    awaitResult("c1", "refused");
    broker.stop();
    Await.until("the uplink noticed", () -> !pole.status().connected());
    broker.start();
    platform.connect();
    platform.command(command("c2"));
    awaitResult("c2", "done");

    assertThat(pole.commands.done()).extracting(c -> c.id()).containsExactly("c2");
    assertThat(platform.results().stream().filter(r -> "c1".equals(r.get("id"))).count())
        .isEqualTo(1);
  }

  @Test
  void aMalformedCommandIsRefusedAndTheNextOneActs() throws Exception {
    pole.connect(broker.url());
    pole.awaitConnected();
    platform.command("{\"id\":\"bad\",\"device\":7}");
    platform.command("nonsense 1");
    platform.command("nonsense 2");
    platform.command(command("c1"));
    awaitResult("bad", "refused");
    awaitResult("c1", "done");
    Await.until("the event", () -> !platform.items("events", "events").isEmpty());

    assertThat(platform.items("events", "events"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event).containsEntry("type", "command-malformed");
              assertThat(event).containsEntry("connection", "city");
              assertThat(event).containsEntry("bytes", 10L);
            });
  }

  @Test
  void aSessionThatEndsWhileACommandRunsMakesNoSecondAnswer() throws Exception {
    pole.commands.block();
    pole.connect(broker.url());
    pole.awaitConnected();
    platform.command(command("c1"));
    Await.until("it runs", () -> pole.commands.entered() == 1);
    broker.stop();
    Await.until("the uplink noticed", () -> !pole.status().connected());
    pole.commands.unblock();
    broker.start();
    platform.connect();
    platform.command(command("c2"));
    awaitResult("c2", "done");

    assertThat(platform.results("c1"))
        .extracting(result -> result.get("status"))
        .containsOnly("done");
  }

  @Test
  void anErrorInAPahoCallbackCostsTheSessionAndNoCommand() throws Exception {
    pole.connect(broker.url());
    pole.awaitConnected();
    pole.journal.explode(1);
    platform.command("{\"id\":\"bad\",\"device\":7}");
    awaitResult("bad", "refused");
    assertThat(pole.journal.explosionsLeft()).isZero();
    platform.command(command("c1"));
    awaitResult("c1", "done");
  }

  @Test
  void aHugeCommandDoesNoHarm() throws Exception {
    pole.connect(broker.url());
    pole.awaitConnected();
    platform.command(new byte[20_000_000], false);
    platform.command(command("c1"));
    awaitResult("c1", "done");
    assertThat(pole.status().connected()).isTrue();
  }

  @Test
  void moreCommandsThanCanWaitAreRefusedAndNoneIsForgotten() throws Exception {
    pole.commands.block();
    pole.connect(broker.url());
    pole.awaitConnected();
    for (int i = 0; i < 400; i++) {
      platform.publishUnacknowledged(command("c" + i));
    }
    // one is being submitted, 256 wait
    Await.until("the rest is refused", () -> platform.results().size() == 143);
    pole.commands.unblock();
    Await.until("all are answered", () -> platform.results().size() == 400);

    assertThat(pole.commands.done()).hasSize(257);
  }

  @Test
  void aPointThatThisConnectionMayNotWriteIsRefusedInWords() throws Exception {
    pole.connect(broker.url(), "commands", "door-1.*, *.power");
    pole.awaitConnected();
    platform.command(command("c1"));
    awaitResult("c1", "refused");
    platform.command(command("c2").replace("lamp-1", "door-1"));
    awaitResult("c2", "done");

    assertThat(platform.results("c1").get(0).get("message"))
        .asString()
        .contains("may not write", "door-1.*, *.power");
    assertThat(pole.commands.done()).extracting(c -> c.id()).containsExactly("c2");
  }

  @Test
  void ofAFloodOfMalformedCommandsTheFirstOnesAreAnswered() throws Exception {
    pole.connect(broker.url());
    pole.awaitConnected();
    for (int i = 0; i < 500; i++) {
      platform.publishUnacknowledged("{\"id\":\"bad-%d\",\"device\":7}".formatted(i));
    }
    platform.command(command("c1"));
    awaitResult("c1", "done");

    assertThat(platform.results()).hasSize(11);
    assertThat(platform.results("bad-9")).hasSize(1);
  }
}
