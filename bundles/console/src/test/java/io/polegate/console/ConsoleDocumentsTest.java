package io.polegate.console;

import static io.polegate.console.ConsoleClient.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.Configuration.Change;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The document, its history and the secrets over REST. */
final class ConsoleDocumentsTest {
  private static final String CONFIGURATION = "/api/v1/configuration";
  private static final String VERSION_2 =
      "\"number\":2,\"time\":1793534400000,\"timeTrusted\":true,\"author\":\"lin\","
          + "\"reason\":\"new lamp\",\"sha256\":\"abcd\"";

  private static final FakeGateway gateway = new FakeGateway();
  private static final FakeDocuments documents = gateway.documents();

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
    documents.reset();
  }

  private static HttpResponse<String> delete(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(console.uri(path)).DELETE().build();
    return client.http().send(request, BodyHandlers.ofString());
  }

  @Test
  void theDocumentInForceComesWithItsVersion() throws Exception {
    HttpResponse<String> answer = client.get(CONFIGURATION);

    assertThat(answer.headers().firstValue("ETag")).hasValue("\"abcd\"");
    assertThat(answer.body())
        .isEqualTo(
            "{\"version\":{" + VERSION_2 + "},\"document\":\"pole: {id: P-2}\",\"trial\":null}");
  }

  @Test
  void everyVersionThatIsKeptCanBeSeen() throws Exception {
    assertThat(client.get(CONFIGURATION + "/history").body())
        .startsWith("{\"versions\":[{" + VERSION_2 + "},{\"number\":1,");
    assertThat(client.get(CONFIGURATION + "/history/2").body())
        .isEqualTo(
            "{" + VERSION_2 + ",\"diff\":\"-old\\n+new\\n\",\"document\":\"pole: {id: P-2}\"}");
    assertProblem(client.get(CONFIGURATION + "/history/3"), 404, "not-found");
  }

  @Test
  void aCheckTellsWhatIsWrongAndWhatWouldChange() throws Exception {
    assertThat(client.post(CONFIGURATION + "/check", "{\"document\":\"wrong\"}").body())
        .isEqualTo("{\"problems\":[\"pole.yaml:1:1: wrong: write right\"],\"diff\":\"+wrong\"}");
    assertThat(documents.changes()).isEmpty();
  }

  @Test
  void aChangeIsKeptOrOnTrialOrRefused() throws Exception {
    HttpResponse<String> kept =
        client.post(
            CONFIGURATION, "{\"document\":\"d\",\"id\":\"c1\",\"author\":\"wu\",\"reason\":\"r\"}");
    HttpResponse<String> trial =
        client.post(CONFIGURATION, "{\"document\":\"d\",\"id\":\"c2\",\"confirmWithin\":\"90s\"}");
    HttpResponse<String> refused = client.post(CONFIGURATION, "{\"document\":\"wrong\"}");

    assertThat(kept.body()).isEqualTo("{\"answer\":\"kept\"," + VERSION_2 + "}");
    assertThat(trial.statusCode()).isEqualTo(202);
    assertThat(trial.body())
        .isEqualTo("{\"answer\":\"on-trial\",\"id\":\"c2\",\"confirmWithinMillis\":90000}");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .isEqualTo("{\"answer\":\"refused\",\"problems\":[\"pole.yaml:1:1: wrong: write right\"]}");
    assertThat(client.post(CONFIGURATION, "{\"document\":\"same\"}").body())
        .startsWith("{\"answer\":\"unchanged\",");
    assertThat(documents.changes().get(0))
        .isEqualTo(new Change("c1", "d", "wu", "r", Optional.empty()));
    assertThat(documents.changes().get(1))
        .isEqualTo(new Change("c2", "d", "technician", "", Optional.of(Duration.ofSeconds(90))));
  }

  @Test
  void aDocumentMayBeAsLargeAsDocumentsMayBe() throws Exception {
    String large = "x".repeat(1_000_000);
    assertThat(client.post(CONFIGURATION, "{\"document\":\"" + large + "\"}").statusCode())
        .isEqualTo(200);
    assertThat(documents.changes().get(0).document()).hasSize(1_000_000);
    String larger = "x".repeat(2_300_000);
    assertProblem(
        client.post(CONFIGURATION, "{\"document\":\"" + larger + "\"}"), 413, "too-large");
  }

  @Test
  void whoChangedAnOlderDocumentHasToLookAgain() throws Exception {
    HttpRequest late =
        client
            .command(CONFIGURATION, "{\"document\":\"d\"}")
            .header("If-Match", "\"0000\"")
            .build();
    assertProblem(client.http().send(late, BodyHandlers.ofString()), 412, "changed-meanwhile");
    assertThat(documents.changes()).isEmpty();
  }

  @Test
  void whatIsOnTrialIsKeptOrUndone() throws Exception {
    client.post(CONFIGURATION, "{\"document\":\"d\",\"id\":\"c2\",\"confirmWithin\":\"90s\"}");
    assertThat(client.get(CONFIGURATION).body())
        .contains(
            "\"trial\":{\"id\":\"c2\",\"author\":\"technician\",\"reason\":\"\",\"remainingMillis\":40000}");
    HttpResponse<String> verdict =
        client.post(CONFIGURATION + "/trial", "{\"id\":\"c2\",\"keep\":true}");
    assertThat(verdict.statusCode()).isEqualTo(200);
    assertProblem(
        client.post(CONFIGURATION + "/trial", "{\"id\":\"c2\",\"keep\":false}"), 404, "not-found");
    assertThat(documents.verdicts())
        .containsExactly("keep c2 by technician", "undo c2 by technician");
  }

  @Test
  void anEarlierVersionCanBeWanted() throws Exception {
    HttpResponse<String> answer =
        client.post(CONFIGURATION + "/rollback", "{\"version\":1,\"author\":\"wu\"}");
    assertThat(answer.body()).startsWith("{\"answer\":\"kept\",\"number\":1,");
    assertThat(documents.verdicts()).containsExactly("back to 1 by wu");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|{\"reason\":\"no document\"}",
        "|{\"document\":\"d\",\"confirmWithin\":\"soon\"}",
        "|{\"document\":\"d\",\"confirmWithin\":\"1s\"}",
        "|{\"document\":\"d\",\"id\":\"\"}",
        "|{\"document\":{\"pole\":1}}",
        "|{\"document\":\"d\",\"documents\":\"d\"}",
        "/rollback|{\"version\":0}",
        "/rollback|{\"version\":\"x\"}",
        "/trial|{\"id\":\"c\"}",
        "/trial|{\"id\":\"c\",\"keep\":\"perhaps\"}"
      })
  void whatIsNoRequestChangesNothing(String path, String body) throws Exception {
    String below = Optional.ofNullable(path).orElse("");
    assertProblem(client.post(CONFIGURATION + below, body), 400, "malformed");
    assertThat(documents.changes()).isEmpty();
    assertThat(documents.verdicts()).isEmpty();
  }

  @Test
  void secretsGoInAndNeverComeOut() throws Exception {
    HttpResponse<String> answer =
        client.post("/api/v1/secrets", "{\"name\":\"plc\",\"value\":\"hush\"}");
    assertThat(answer.body()).isEqualTo("{\"names\":[\"city-mqtt\",\"plc\"]}");
    assertThat(client.get("/api/v1/secrets").body()).isEqualTo(answer.body());
    assertThat(documents.secret("plc")).hasValue("hush");
    assertProblem(
        client.post("/api/v1/secrets", "{\"name\":\"P L C\",\"value\":\"hush\"}"),
        400,
        "malformed");
    assertProblem(delete("/api/v1/secrets/city-mqtt"), 409, "in-use");
    assertProblem(delete("/api/v1/secrets/other"), 404, "not-found");
    assertThat(delete("/api/v1/secrets/plc").body()).isEqualTo("{\"names\":[\"city-mqtt\"]}");
  }
}
