package io.polegate.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.command.Command.Origin;
import io.polegate.api.command.CommandStatus;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import io.polegate.testkit.Await;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands over REST. */
final class ConsoleCommandsTest {
  private static final String LEVEL = "/api/v1/devices/lamp-1/points/level";

  private static final FakeGateway gateway = new FakeGateway();

  @SuppressWarnings("NullAway.Init")
  private static RunningConsole console;

  @SuppressWarnings("NullAway.Init")
  private static ConsoleClient client;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    console = RunningConsole.start(gateway, folder);
    client = new ConsoleClient(console);
  }

  @AfterAll
  static void stop() throws Exception {
    console.stop();
  }

  @BeforeEach
  void reset() {
    gateway.reset();
  }

  @Test
  void commandReachesTheGatewayAndItsResultComesBack() throws Exception {
    Instant deadline = Instant.ofEpochMilli(Instant.now().toEpochMilli()).plusSeconds(5);
    HttpResponse<String> answer =
        client.post(
            LEVEL, "{\"value\":40,\"id\":\"a-1\",\"deadline\":" + deadline.toEpochMilli() + "}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("{\"id\":\"a-1\",\"status\":\"done\",\"value\":40,");
    assertThat(gateway.commands())
        .singleElement()
        .satisfies(
            command -> {
              assertThat(command.id()).isEqualTo("a-1");
              assertThat(command.device()).isEqualTo("lamp-1");
              assertThat(command.point()).isEqualTo("level");
              assertThat(command.value()).isEqualTo(new Value.Int(40));
              assertThat(command.deadline()).isEqualTo(deadline);
              assertThat(command.origin()).isEqualTo(new Origin(Origin.Kind.CONSOLE, "local"));
            });
  }

  @Test
  void commandWithoutIdAndDeadlineGetsBoth() throws Exception {
    Instant before = Instant.now();
    assertThat(client.post(LEVEL, "{\"value\":12.5}").statusCode()).isEqualTo(200);
    assertThat(client.post(LEVEL, "{\"value\":12.5}").statusCode()).isEqualTo(200);
    assertThat(gateway.commands()).hasSize(2);
    assertThat(gateway.commands().get(0).id()).isNotEqualTo(gateway.commands().get(1).id());
    assertThat(gateway.commands().get(0).deadline())
        .isBetween(before.plusSeconds(10), Instant.now().plusSeconds(10));
  }

  @Test
  void refusedCommandIsAnAnswerToo() throws Exception {
    gateway.endWith(CommandStatus.REFUSED);
    HttpResponse<String> answer = client.post(LEVEL, "{\"value\":true}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"status\":\"refused\",\"message\":\"the fake says no\"");
  }

  @Test
  void textsAndBytesAreTaken() throws Exception {
    assertThat(client.post(LEVEL, "{\"value\":\"欢迎\"}").body()).contains("\"value\":\"欢迎\"");
    assertThat(client.post(LEVEL, "{\"value\":{\"hex\":\"0AFF\"}}").statusCode()).isEqualTo(200);
    assertThat(gateway.commands().get(1).value()).isEqualTo(Bytes.ofHex("0aff"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "7",
        "{}",
        "{\"value\":null}",
        "{\"value\":[1]}",
        "{\"value\":1e999}",
        "{\"value\":NaN}",
        "{\"value\":9223372036854775808}",
        "{\"value\":{\"hex\":\"abc\"}}",
        "{\"value\":{\"hex\":\"ab\",\"x\":1}}",
        "{\"value\":{}}",
        "{\"value\":1,\"value\":2}",
        "{\"value\":1,\"extra\":2}",
        "{\"value\":1,\"id\":\"\"}",
        "{\"value\":1,\"id\":7}",
        "{\"value\":1,\"id\":\"a\\u0000b\"}",
        "{\"value\":1,\"deadline\":\"soon\"}",
        "{\"value\":1,\"deadline\":9223372036854775807}",
        "{\"value\":1} {}",
        "\u0000\u0000\u0000"
      })
  void malformedBodyIsRefusedWithoutACommand(String body) throws Exception {
    ConsoleClient.assertProblem(client.post(LEVEL, body), 400, "malformed");
    assertThat(gateway.commands()).isEmpty();
  }

  @Test
  void deeplyNestedBodyIsRefused() throws Exception {
    ConsoleClient.assertProblem(
        client.post(LEVEL, "{\"value\":" + "[".repeat(15_000)), 400, "malformed");
  }

  @Test
  void idLongerThanTheContractAllowsIsRefused() throws Exception {
    String longest = "x".repeat(128);
    assertThat(client.post(LEVEL, "{\"value\":1,\"id\":\"" + longest + "\"}").statusCode())
        .isEqualTo(200);
    ConsoleClient.assertProblem(
        client.post(LEVEL, "{\"value\":1,\"id\":\"x" + longest + "\"}"), 400, "malformed");
  }

  @Test
  void bodyBeyondTheLimitIsRefused() throws Exception {
    String large = "{\"value\":\"" + "x".repeat(RequestBody.LIMIT_BYTES) + "\"}";
    ConsoleClient.assertProblem(client.post(LEVEL, large), 413, "too-large");
  }

  @Test
  void onlyJsonIsTaken() throws Exception {
    HttpRequest form =
        HttpRequest.newBuilder(console.uri(LEVEL))
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString("{\"value\":1}"))
            .build();
    ConsoleClient.assertProblem(client.http().send(form, BodyHandlers.ofString()), 415, "not-json");
  }

  @Test
  void commandToAnUnknownPointIsNotFound() throws Exception {
    ConsoleClient.assertProblem(
        client.post("/api/v1/devices/lamp-1/points/none", "{\"value\":1}"), 404, "not-found");
    ConsoleClient.assertProblem(
        client.post("/api/v1/devices/none/points/level", "{\"value\":1}"), 404, "not-found");
    assertThat(gateway.commands()).isEmpty();
  }

  @Test
  void otherSitesCannotGiveCommands() throws Exception {
    for (String origin : new String[] {"http://evil.example", "null", "http://127.0.0.1:1"}) {
      HttpRequest request = client.command(LEVEL, "{\"value\":1}").header("Origin", origin).build();
      ConsoleClient.assertProblem(
          client.http().send(request, BodyHandlers.ofString()), 403, "foreign-origin");
    }
    assertThat(gateway.commands()).isEmpty();
    HttpRequest own =
        client
            .command(LEVEL, "{\"value\":1}")
            .header("Origin", "http://127.0.0.1:" + console.port())
            .build();
    assertThat(client.http().send(own, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  @Test
  void commandsThatNeverEndLeaveRoomForOtherRequests() throws Exception {
    gateway.stopAnswering();
    List<CompletableFuture<?>> waiting = new ArrayList<>();
    for (int i = 0; i < Commands.MOST_WAITING; i++) {
      waiting.add(
          client
              .http()
              .sendAsync(client.command(LEVEL, "{\"value\":1}").build(), BodyHandlers.ofString()));
    }
    Await.until("all wait", () -> gateway.commands().size() == Commands.MOST_WAITING);
    assertThat(client.get("/api/v1/status").statusCode()).isEqualTo(200);
    HttpResponse<String> refused = client.post(LEVEL, "{\"value\":1}");
    ConsoleClient.assertProblem(refused, 503, "busy");
    assertThat(waiting).noneMatch(CompletableFuture::isDone);
    assertThat(refused.headers().firstValue("retry-after")).isPresent();
  }
}
