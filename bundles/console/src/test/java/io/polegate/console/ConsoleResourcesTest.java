package io.polegate.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.data.BadReason;
import io.polegate.api.journal.JournalStatus;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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
  void statusTellsPoleBusesUplinksAndJournal() throws Exception {
    HttpResponse<String> answer = client.get("/api/v1/status");
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
    HttpResponse<String> answer = client.get("/api/v1/devices");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"unit\":\"%\",\"access\":\"read-write\",\"min\":0.0,\"max\":100.0")
        .contains("\"quality\":\"good\",\"value\":62.5,\"time\":")
        .contains("\"value\":{\"hex\":\"0a1b2c\"}")
        .contains("\"quality\":\"bad\",\"bad\":\"sensor-fault\",\"detail\":\"broken wire\"");
  }

  @Test
  void oneDeviceIsServedByItsId() throws Exception {
    assertThat(client.get("/api/v1/devices/meter-1").body())
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
    HttpResponse<String> answer = client.get(path);
    ConsoleClient.assertProblem(answer, 404, "not-found");
  }

  @Test
  void wrongMethodNamesTheRightOne() throws Exception {
    HttpResponse<String> answer =
        client
            .http()
            .send(
                HttpRequest.newBuilder(console.uri("/api/v1/status")).DELETE().build(),
                BodyHandlers.ofString());
    ConsoleClient.assertProblem(answer, 405, "wrong-method");
    assertThat(answer.headers().firstValue("allow")).hasValue("GET");
    ConsoleClient.assertProblem(client.get(LEVEL), 405, "wrong-method");
  }

  @Test
  void headGivesTheHeadersOnly() throws Exception {
    HttpResponse<String> answer =
        client
            .http()
            .send(
                HttpRequest.newBuilder(console.uri("/"))
                    .method("HEAD", BodyPublishers.noBody())
                    .build(),
                BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void foreignHostNameIsNotAnswered() throws Exception {
    assertThat(client.raw("GET /api/v1/devices HTTP/1.1\r\nHost: evil.example\r\n"))
        .startsWith("HTTP/1.1 421")
        .contains("foreign-host")
        .doesNotContain("lamp-1");
    assertThat(client.raw("GET /healthz HTTP/1.1\r\nHost: localhost.evil.example:8080\r\n"))
        .startsWith("HTTP/1.1 421");
    assertThat(client.raw("GET /healthz HTTP/1.1\r\nHost: [::1]:8080\r\n"))
        .startsWith("HTTP/1.1 200");
    assertThat(client.raw("GET /healthz HTTP/1.1\r\nHost: LocalHost\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/v1/status", "/healthz", "/nothing", "/style.css"})
  void everyAnswerCarriesTheSecurityHeaders(String path) throws Exception {
    HttpHeaders headers = client.get(path).headers();
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
    String tag = client.get("/app.js").headers().firstValue("etag").orElseThrow();
    HttpRequest again =
        HttpRequest.newBuilder(console.uri("/app.js")).header("If-None-Match", tag).build();
    HttpResponse<String> answer = client.http().send(again, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(304);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void healthIsJudgedByWhatWorks() throws Exception {
    assertThat(client.get("/healthz").statusCode()).isEqualTo(200);
    gateway.silence("lamp-1", "no answer");
    HttpResponse<String> degraded = client.get("/healthz");
    assertThat(degraded.statusCode()).isEqualTo(200);
    assertThat(degraded.body()).startsWith("{\"level\":\"degraded\"").contains("no-good-reading");
    gateway.setJournal(new JournalStatus(1, 1, 2, Map.of(), 0, "disk full, kept in memory"));
    HttpResponse<String> failed = client.get("/healthz");
    assertThat(failed.statusCode()).isEqualTo(503);
    assertThat(failed.body()).startsWith("{\"level\":\"failed\"").contains("disk full");
  }

  @Test
  void consoleWithoutADocumentStillAnswers() throws Exception {
    gateway.setPole(Optional.empty());
    assertThat(client.get("/api/v1/status").body()).contains("\"pole\":null", "\"buses\":[]");
    assertThat(client.get("/api/v1/devices").body()).isEqualTo("{\"devices\":[]}");
    assertThat(client.get("/healthz").statusCode()).isEqualTo(503);
  }
}
