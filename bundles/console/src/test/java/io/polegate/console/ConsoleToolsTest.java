package io.polegate.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.testkit.Await;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tools of a technician over REST. */
final class ConsoleToolsTest {
  private static final String REQUEST = "/api/v1/buses/lan/request";
  private static final String SCAN = "/api/v1/scan";
  private static final String READ = "{\"device\":{\"unit\":3},\"hex\":\"0300000001\"}";

  private static final FakeGateway gateway = new FakeGateway();
  private static final FakeTools tools = gateway.tools();

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
    tools.reset();
  }

  private static HttpResponse<String> delete(String path, String origin) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(console.uri(path)).DELETE();
    if (!origin.isEmpty()) {
      request.header("Origin", origin);
    }
    return client.http().send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void traceShowsFramesAsHex() throws Exception {
    HttpResponse<String> answer = client.get("/api/v1/buses/lan/trace");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"frames\":[{\"time\":1793534400000,\"timeTrusted\":true,\"device\":\"lamp-1\","
                + "\"kind\":\"sent\",\"hex\":\"010300000001840a\"}]}");
  }

  @Test
  void rawRequestReachesTheBusAndItsAnswerComesBack() throws Exception {
    HttpResponse<String> answer = client.post(REQUEST, READ);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"hex\":\"030200ff\"}");
    assertThat(tools.asked()).containsExactly("{unit=3} 0300000001");
  }

  @Test
  void browseGoesDownFromANode() throws Exception {
    HttpResponse<String> answer = client.get("/api/v1/buses/lan/browse?node=ns%3D2%3Bi%3D85");
    assertThat(answer.body())
        .isEqualTo(
            "{\"nodes\":[{\"id\":\"ns=2;s=温度\",\"name\":\"温度\","
                + "\"point\":{\"node\":\"ns=2;s=温度\"},\"folder\":false}]}");
    assertThat(client.get("/api/v1/buses/lan/browse").statusCode()).isEqualTo(200);
    assertThat(tools.asked()).containsExactly("browse ns=2;i=85", "browse ");
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new InvalidSettingException("unit", "is missing"), 400, "malformed"),
        Arguments.of(new WriteRejectedException("too long"), 422, "rejected"),
        Arguments.of(new DeviceSilentException("no answer"), 504, "device-silent"),
        Arguments.of(new EndpointDownException("no port"), 502, "bus-down"),
        Arguments.of(new UnsupportedOperationException("no raw"), 501, "unsupported"),
        Arguments.of(new RejectedExecutionException("too much"), 503, "busy"),
        Arguments.of(new IllegalStateException("bug"), 500, "internal"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whatGoesWrongOnTheBusIsAProblemOfItsOwnKind(Throwable failure, int status, String kind)
      throws Exception {
    tools.failWith(failure);
    ConsoleClient.assertProblem(client.post(REQUEST, READ), status, kind);
    ConsoleClient.assertProblem(client.get("/api/v1/buses/lan/browse"), status, kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"hex\":7}",
        "{\"hex\":\"abc\"}",
        "{\"hex\":\"zz\"}",
        "{\"hex\":\"ab\",\"device\":[]}",
        "{\"hex\":\"ab\",\"device\":{\"unit\":null}}",
        "{\"hex\":\"ab\",\"device\":{\"unit\":{}}}",
        "{\"hex\":\"ab\",\"device\":{\"unit\":1,\"unit\":2}}",
        "{\"hex\":\"ab\",\"extra\":1}",
        "{\"hex\":\"ab\"} {}"
      })
  void malformedRequestReachesNoBus(String body) throws Exception {
    ConsoleClient.assertProblem(client.post(REQUEST, body), 400, "malformed");
    assertThat(tools.asked()).isEmpty();
  }

  @Test
  void unknownBusesAndDriversAreNotFound() throws Exception {
    ConsoleClient.assertProblem(client.get("/api/v1/buses/none/trace"), 404, "not-found");
    ConsoleClient.assertProblem(client.get("/api/v1/buses/none/browse"), 404, "not-found");
    ConsoleClient.assertProblem(client.post("/api/v1/buses/none/request", READ), 404, "not-found");
    ConsoleClient.assertProblem(client.post(SCAN, "{\"driver\":\"none\"}"), 404, "not-found");
  }

  @Test
  void scanIsStartedWatchedAndStopped() throws Exception {
    ConsoleClient.assertProblem(client.get(SCAN), 404, "not-found");
    ConsoleClient.assertProblem(delete(SCAN, ""), 404, "not-found");
    String body = "{\"driver\":\"modbus-rtu\",\"known\":{\"port\":\"/dev/ttyS1\"}}";
    assertThat(client.post(SCAN, body).statusCode()).isEqualTo(202);
    assertThat(tools.asked()).containsExactly("scan {port=/dev/ttyS1}");
    ConsoleClient.assertProblem(client.post(SCAN, body), 409, "scan-runs");
    assertThat(client.get(SCAN).body())
        .isEqualTo(
            "{\"state\":\"running\",\"tried\":7,\"candidates\":40,\"remainingAtMostMillis\":12000,"
                + "\"found\":[{\"bus\":{\"baud\":\"9600\",\"port\":\"/dev/ttyS1\"},"
                + "\"device\":{\"unit\":\"3\"},\"answer\":\"exception 2\"}],\"message\":\"\"}");
    assertThat(delete(SCAN, "").body()).startsWith("{\"state\":\"stopped\"");
    assertThat(client.get(SCAN).body()).startsWith("{\"state\":\"stopped\"");
  }

  @Test
  void otherSitesCanNeitherAskNorStop() throws Exception {
    String evil = "http://evil.example";
    for (String path : List.of(REQUEST, SCAN)) {
      HttpRequest request = client.command(path, READ).header("Origin", evil).build();
      ConsoleClient.assertProblem(
          client.http().send(request, BodyHandlers.ofString()), 403, "foreign-origin");
    }
    ConsoleClient.assertProblem(delete(SCAN, evil), 403, "foreign-origin");
    assertThat(tools.asked()).isEmpty();
  }

  @Test
  void requestsThatNeverEndLeaveRoomForOthers() throws Exception {
    tools.stopAnswering();
    List<CompletableFuture<?>> waiting = new ArrayList<>();
    for (int i = 0; i < Technician.MOST_WAITING; i++) {
      waiting.add(
          client.http().sendAsync(client.command(REQUEST, READ).build(), BodyHandlers.ofString()));
    }
    Await.until("all wait", () -> tools.asked().size() == Technician.MOST_WAITING);
    ConsoleClient.assertProblem(client.post(REQUEST, READ), 503, "busy");
    assertThat(client.get("/api/v1/status").statusCode()).isEqualTo(200);
    assertThat(waiting).noneMatch(CompletableFuture::isDone);
  }

  @Test
  void statusTellsLoadAndTraffic() throws Exception {
    assertThat(client.get("/api/v1/status").body())
        .contains("\"queuedCommands\":0,\"load\":0.42,\"overloaded\":true,\"openings\":2");
    assertThat(client.get("/api/v1/devices/lamp-1").body())
        .contains(
            "\"traffic\":{\"answers\":120,\"timeouts\":3,\"exceptions\":2,"
                + "\"corrupt\":4,\"late\":1,\"foreign\":5},\"polls\":131,\"missedPolls\":6");
  }
}
