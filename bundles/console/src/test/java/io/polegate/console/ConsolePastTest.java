package io.polegate.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConsolePastTest {
  private static final String HISTORY = "/api/v1/devices/lamp-1/points/level/history";

  @SuppressWarnings("NullAway.Init")
  private static RunningConsole console;

  @SuppressWarnings("NullAway.Init")
  private static ConsoleClient client;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    console = RunningConsole.start(new FakeGateway(), folder);
    client = new ConsoleClient(console);
  }

  @AfterAll
  static void stop() throws Exception {
    console.stop();
  }

  @Test
  void historyOfAPointComesInSlots() throws Exception {
    assertThat(client.get(HISTORY + "?from=1000&to=5000&max=7").body())
        .startsWith("{\"slots\":[{\"start\":1000,\"lengthMillis\":4000,\"count\":3,\"badCount\":1")
        .contains("\"min\":1.5,\"mean\":2.5,\"max\":3.5,\"last\":{\"quality\":\"good\"")
        .contains("\"value\":\"lamp-1 level 7\",\"time\":1793534400000,\"timeTrusted\":true")
        .contains("{\"start\":5000,\"lengthMillis\":0,\"count\":1,\"badCount\":0,\"last\"");
  }

  @Test
  void withoutTimesItIsTheLastDay() throws Exception {
    assertThat(client.get(HISTORY).body())
        .contains("\"lengthMillis\":86400000", "lamp-1 level 500");
  }

  @Test
  void eventsComeWithTheirAttributes() throws Exception {
    assertThat(client.get("/api/v1/events?before=42").body())
        .isEqualTo(
            "{\"events\":[{\"seq\":41,\"lane\":\"alarm\",\"time\":1793534400000,"
                + "\"timeTrusted\":true,\"type\":\"device-offline\",\"attributes\":{\"max\":100}}]}");
  }

  @Test
  void aJournalThatCannotBeReadIsSaid() throws Exception {
    ConsoleClient.assertProblem(
        client.get("/api/v1/devices/broken/points/level/history"), 503, "busy");
  }

  @Test
  void wearIsInTheStatus() throws Exception {
    assertThat(client.get("/api/v1/status").body())
        .contains("\"wear\":{\"todayBytes\":0,\"totalBytes\":0}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        HISTORY + "?max=0",
        HISTORY + "?max=10001",
        HISTORY + "?from=5&to=5",
        HISTORY + "?from=-1",
        HISTORY + "?to=999999999999999999999",
        HISTORY + "?from=yesterday",
        "/api/v1/events?max=1001",
        "/api/v1/events?before=0"
      })
  void whatMakesNoSenseIsRefused(String path) throws Exception {
    ConsoleClient.assertProblem(client.get(path), 400, "malformed");
  }
}
