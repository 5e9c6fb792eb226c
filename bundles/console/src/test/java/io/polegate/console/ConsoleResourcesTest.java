package io.polegate.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.command.Command.Origin;
import io.polegate.api.command.CommandStatus;
import io.polegate.api.data.BadReason;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalStatus;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConsoleResourcesTest {
  private static final String LEVEL = "/api/v1/devices/lamp-1/points/level";

  private static final FakeGateway gateway = new FakeGateway();
  private final HttpClient http = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init")
  private static RunningConsole console;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    console = RunningConsole.start(gateway, folder);
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
  void statusTellsPoleBusesUplinksAndJournal() throws Exception {
    HttpResponse<String> answer = get("/api/v1/status");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(answer.body())
        .contains("\"version\":\"0.1.0-test\"", "\"id\":\"CQ-YB-000417\"", "新溉大道")
        .contains("{\"id\":\"lan\",\"driver\":\"modbus-tcp\",\"open\":true,\"message\":\"\"")
        .contains("{\"id\":\"city\",\"connected\":true,\"lastAcknowledgedAgeMillis\":2000")
        .contains("\"lastSeq\":48213,\"usedBytes\":41800000,\"limitBytes\":256000000")
        .contains("\"pending\":{\"city\":0}");
  }

  @Test
  void devicesAreListedWithValuesAndReasons() throws Exception {
    gateway.bad("water-1", "depth", BadReason.SENSOR_FAULT, "broken wire");
    HttpResponse<String> answer = get("/api/v1/devices");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"unit\":\"%\",\"access\":\"read-write\",\"min\":0.0,\"max\":100.0")
        .contains("\"quality\":\"good\",\"value\":62.5,\"time\":")
        .contains("\"value\":{\"hex\":\"0a1b2c\"}")
        .contains("\"quality\":\"bad\",\"bad\":\"sensor-fault\",\"detail\":\"broken wire\"");
  }

  @Test
  void oneDeviceIsServedByItsId() throws Exception {
    assertThat(get("/api/v1/devices/meter-1").body())
        .startsWith("{\"id\":\"meter-1\",\"state\":\"online\",\"lastGoodAgeMillis\":")
        .contains("\"value\":228.6");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/devices/nobody",
        "/api/v1/devices/",
        "/api",
        "/nothing",
        "/web/index.html",
        "/lib/",
        "/index.html/",
        "/OSGI-INF/io.polegate.console.ConsoleServlet.xml"
      })
  void unknownPathIsAProblemNotAPage(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertProblem(answer, 404, "not-found");
  }

  @Test
  void wrongMethodNamesTheRightOne() throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(console.uri("/api/v1/status")).DELETE().build(),
            BodyHandlers.ofString());
    assertProblem(answer, 405, "wrong-method");
    assertThat(answer.headers().firstValue("allow")).hasValue("GET");
    assertProblem(get(LEVEL), 405, "wrong-method");
  }

  @Test
  void headGivesTheHeadersOnly() throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(console.uri("/"))
                .method("HEAD", BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void commandReachesTheGatewayAndItsResultComesBack() throws Exception {
    Instant deadline = Instant.ofEpochMilli(Instant.now().toEpochMilli()).plusSeconds(5);
    HttpResponse<String> answer =
        post(LEVEL, "{\"value\":40,\"id\":\"a-1\",\"deadline\":" + deadline.toEpochMilli() + "}");
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
    assertThat(post(LEVEL, "{\"value\":12.5}").statusCode()).isEqualTo(200);
    assertThat(post(LEVEL, "{\"value\":12.5}").statusCode()).isEqualTo(200);
    assertThat(gateway.commands()).hasSize(2);
    assertThat(gateway.commands().get(0).id()).isNotEqualTo(gateway.commands().get(1).id());
    assertThat(gateway.commands().get(0).deadline())
        .isBetween(before.plusSeconds(10), Instant.now().plusSeconds(10));
  }

  @Test
  void refusedCommandIsAnAnswerToo() throws Exception {
    gateway.endWith(CommandStatus.REFUSED);
    HttpResponse<String> answer = post(LEVEL, "{\"value\":true}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"status\":\"refused\",\"message\":\"the fake says no\"");
  }

  @Test
  void textsAndBytesAreTaken() throws Exception {
    assertThat(post(LEVEL, "{\"value\":\"欢迎\"}").body()).contains("\"value\":\"欢迎\"");
    assertThat(post(LEVEL, "{\"value\":{\"hex\":\"0AFF\"}}").statusCode()).isEqualTo(200);
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
    assertProblem(post(LEVEL, body), 400, "malformed");
    assertThat(gateway.commands()).isEmpty();
  }

  @Test
  void deeplyNestedBodyIsRefused() throws Exception {
    assertProblem(post(LEVEL, "{\"value\":" + "[".repeat(15_000)), 400, "malformed");
  }

  @Test
  void idLongerThanTheContractAllowsIsRefused() throws Exception {
    String longest = "x".repeat(128);
    assertThat(post(LEVEL, "{\"value\":1,\"id\":\"" + longest + "\"}").statusCode()).isEqualTo(200);
    assertProblem(post(LEVEL, "{\"value\":1,\"id\":\"x" + longest + "\"}"), 400, "malformed");
  }

  @Test
  void bodyBeyondTheLimitIsRefused() throws Exception {
    String large = "{\"value\":\"" + "x".repeat(RequestBody.LIMIT_BYTES) + "\"}";
    assertProblem(post(LEVEL, large), 413, "too-large");
  }

  @Test
  void onlyJsonIsTaken() throws Exception {
    HttpRequest form =
        HttpRequest.newBuilder(console.uri(LEVEL))
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString("{\"value\":1}"))
            .build();
    assertProblem(http.send(form, BodyHandlers.ofString()), 415, "not-json");
  }

  @Test
  void commandToAnUnknownPointIsNotFound() throws Exception {
    assertProblem(post("/api/v1/devices/lamp-1/points/none", "{\"value\":1}"), 404, "not-found");
    assertProblem(post("/api/v1/devices/none/points/level", "{\"value\":1}"), 404, "not-found");
    assertThat(gateway.commands()).isEmpty();
  }

  @Test
  void foreignHostNameIsNotAnswered() throws Exception {
    assertThat(raw("GET /api/v1/devices HTTP/1.1\r\nHost: evil.example\r\n"))
        .startsWith("HTTP/1.1 421")
        .contains("foreign-host")
        .doesNotContain("lamp-1");
    assertThat(raw("GET /healthz HTTP/1.1\r\nHost: localhost.evil.example:8080\r\n"))
        .startsWith("HTTP/1.1 421");
    assertThat(raw("GET /healthz HTTP/1.1\r\nHost: [::1]:8080\r\n")).startsWith("HTTP/1.1 200");
    assertThat(raw("GET /healthz HTTP/1.1\r\nHost: LocalHost\r\n")).startsWith("HTTP/1.1 200");
  }

  @Test
  void otherSitesCannotGiveCommands() throws Exception {
    for (String origin : new String[] {"http://evil.example", "null", "http://127.0.0.1:1"}) {
      HttpRequest request = command(LEVEL, "{\"value\":1}").header("Origin", origin).build();
      assertProblem(http.send(request, BodyHandlers.ofString()), 403, "foreign-origin");
    }
    assertThat(gateway.commands()).isEmpty();
    HttpRequest own =
        command(LEVEL, "{\"value\":1}")
            .header("Origin", "http://127.0.0.1:" + console.port())
            .build();
    assertThat(http.send(own, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/v1/status", "/healthz", "/nothing", "/style.css"})
  void everyAnswerCarriesTheSecurityHeaders(String path) throws Exception {
    HttpHeaders headers = get(path).headers();
    assertThat(headers.firstValue("content-security-policy").orElse(""))
        .startsWith("default-src 'self';")
        .doesNotContain("unsafe");
    assertThat(headers.firstValue("x-content-type-options")).hasValue("nosniff");
    assertThat(headers.firstValue("referrer-policy")).hasValue("no-referrer");
    assertThat(headers.firstValue("cache-control").orElse("")).matches("no-store|no-cache");
    assertThat(headers.firstValue("server")).isEmpty();
  }

  @Test
  void unchangedFileIsNotSentAgain() throws Exception {
    String tag = get("/app.js").headers().firstValue("etag").orElseThrow();
    HttpRequest again =
        HttpRequest.newBuilder(console.uri("/app.js")).header("If-None-Match", tag).build();
    HttpResponse<String> answer = http.send(again, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(304);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void healthIsJudgedByWhatWorks() throws Exception {
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    gateway.silence("lamp-1", "no answer");
    HttpResponse<String> degraded = get("/healthz");
    assertThat(degraded.statusCode()).isEqualTo(200);
    assertThat(degraded.body()).startsWith("{\"level\":\"degraded\"").contains("no-good-reading");
    gateway.setJournal(new JournalStatus(1, 1, 2, Map.of(), 0, "disk full, kept in memory"));
    HttpResponse<String> failed = get("/healthz");
    assertThat(failed.statusCode()).isEqualTo(503);
    assertThat(failed.body()).startsWith("{\"level\":\"failed\"").contains("disk full");
  }

  @Test
  void consoleWithoutADocumentStillAnswers() throws Exception {
    gateway.setPole(Optional.empty());
    assertThat(get("/api/v1/status").body()).contains("\"pole\":null", "\"buses\":[]");
    assertThat(get("/api/v1/devices").body()).isEqualTo("{\"devices\":[]}");
    assertThat(get("/healthz").statusCode()).isEqualTo(503);
  }

  @Test
  void commandsThatNeverEndLeaveRoomForOtherRequests() throws Exception {
    gateway.stopAnswering();
    List<CompletableFuture<?>> waiting = new ArrayList<>();
    for (int i = 0; i < Commands.MOST_WAITING; i++) {
      waiting.add(http.sendAsync(command(LEVEL, "{\"value\":1}").build(), BodyHandlers.ofString()));
    }
    Await.until("all wait", () -> gateway.commands().size() == Commands.MOST_WAITING);
    assertThat(get("/api/v1/status").statusCode()).isEqualTo(200);
    HttpResponse<String> refused = post(LEVEL, "{\"value\":1}");
    assertProblem(refused, 503, "busy");
    assertThat(waiting).noneMatch(CompletableFuture::isDone);
    assertThat(refused.headers().firstValue("retry-after")).isPresent();
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String kind) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(answer.body())
        .startsWith("{\"type\":\"urn:polegate:problem:" + kind + "\",\"title\":\"")
        .contains("\"status\":" + status + ",\"detail\":\"")
        .doesNotContain("Exception", "io.polegate");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(HttpRequest.newBuilder(console.uri(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return http.send(command(path, body).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder command(String path, String body) {
    return HttpRequest.newBuilder(console.uri(path))
        .header("Content-Type", "application/json; charset=utf-8")
        .timeout(Duration.ofSeconds(40))
        .POST(BodyPublishers.ofString(body));
  }

  private String raw(String head) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), console.port())) {
      socket
          .getOutputStream()
          .write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
