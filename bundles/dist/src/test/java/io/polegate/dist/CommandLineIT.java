package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.dist.GatewayProcess.Ended;
import io.polegate.testkit.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line of the assembled folder, with the real drivers and formats behind it. */
final class CommandLineIT {
  private static final String TEN_MISTAKES =
      """
      pole: {id: "杆 7"}
      journal: {limit: 256 MB}
      buses:
        line: {driver: modbus-rtu, port: /dev/ttyS1, baud: 96OO}
        meter: {driver: modbus-tcp, hots: 192.0.2.10}
        plc: {driver: modbus-ascii}
      devices:
        env-1:
          bus: lien
          points:
            temperature: {address: "holding:501"}
        lamp-1:
          bus: line
          unit: 3
          points:
            level: {address: "holding:70000", type: uint16}
            power: {address: "input:10", type: float23}
            dim: {address: "input:3", access: read-write, min: 0, max: 100}
        lamp-2:
          bus: line
          unit: 300
          points:
            level: {address: "holding:0"}
      """;

  @TempDir Path folder;

  private Path document(String text) throws IOException {
    Path config = Files.createDirectories(folder.resolve("config"));
    return Files.writeString(config.resolve("pole.yaml"), text);
  }

  private Ended call(String... words) throws Exception {
    return GatewayProcess.call(folder, words);
  }

  @Test
  void exampleDocumentIsGood() throws Exception {
    Ended ended = call("check", "../../edge-config/examples/pole.yaml");
    assertThat(ended.stderr()).isEmpty();
    assertThat(ended.code()).isZero();
    assertThat(ended.stdout()).contains("ok (buses 2, devices 3, points 6, connections 1)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"drivers/modbus", "drivers/simulator", "edge-config", "cloud-bridge"})
  void examplesInTheReadmesAreGood(String module) throws Exception {
    String readme = Files.readString(Path.of("../..", module, "README.md"));
    List<String> examples =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
            .matcher(readme)
            .results()
            .map(result -> result.group(1))
            .toList();
    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      Path file = document(example.contains("pole:") ? example : "pole: {id: P-1}\n" + example);
      assertThat(call("check", file.toString()).stderr()).as(example).isEmpty();
    }
  }

  @Test
  void takenConsolePortIsSaidAndCostsOnlyTheConsole() throws Exception {
    try (ServerSocket other = new ServerSocket(Ports.free(), 1, InetAddress.getLoopbackAddress());
        GatewayProcess gateway =
            GatewayProcess.start(folder, "pole: {id: P-1}", other.getLocalPort())) {
      assertThat(gateway.stdout())
          .contains("is ready, without console: port " + other.getLocalPort() + " is taken");
      assertThat(gateway.log()).doesNotContain("Exception");
      assertThat(gateway.stop()).isZero();
    }
  }

  @Test
  void tenMistakesMakeTenMessagesWithTheirLines() throws Exception {
    Path file = document(TEN_MISTAKES);
    Ended ended = call("check", file.toString());
    assertThat(ended.code()).isEqualTo(1);
    List<String> messages = ended.stderr().lines().toList();
    assertThat(messages).allMatch(line -> line.matches(".*/pole.yaml:\\d+:\\d+: .+"));
    assertThat(messages.stream().map(line -> line.replaceAll(".*pole.yaml:(\\d+):.*", "$1")))
        .containsExactly("1", "2", "4", "5", "6", "9", "16", "17", "18", "21");
    assertThat(messages.get(3)).endsWith("there is no such key: did you mean \"host\"?");
  }

  @Test
  void runRefusesTheSameDocumentTheSameWay() throws Exception {
    Path file = document(TEN_MISTAKES);
    Ended check = call("check", file.toString());
    Ended run =
        call(
            "run",
            "--config",
            folder.resolve("config").toString(),
            "--data",
            folder.resolve("data").toString());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.stderr()).isEqualTo(check.stderr());
    assertThat(run.stdout()).isEmpty();
  }

  @Test
  void missingDocumentIsRefusedByName() throws Exception {
    Path nowhere = folder.resolve("nowhere");
    Ended ended =
        call("run", "--config", nowhere.toString(), "--data", folder.resolve("data").toString());
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.stderr()).contains(nowhere.resolve("pole.yaml").toString());
  }

  @Test
  void dataFolderThatCannotBeWrittenIsRefusedByName() throws Exception {
    document("pole: {id: P-1}");
    Path data = Files.writeString(folder.resolve("a-file"), "");
    Ended ended =
        call("run", "--config", folder.resolve("config").toString(), "--data", data.toString());
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.stderr()).contains(data.toString()).doesNotContain("Exception in thread");
  }

  @Test
  void versionAndWrongUsageHaveTheirExitCodes() throws Exception {
    assertThat(call("version").stdout()).matches("polegate \\d+\\.\\d+\\.\\d+\\S*\n");
    assertThat(call("version").code()).isZero();
    Ended wrong = call("start");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.stderr()).contains("usage: polegate run");
  }
}
