package io.polegate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.Await;
import io.polegate.testkit.mqtt.Platform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The assembled folder, started as its users start it. */
class DemoIT {
  private static final Pattern BROKER = Pattern.compile("tcp://127\\.0\\.0\\.1:([0-9]+)");
  private static final Pattern LOG = Pattern.compile("log +(/.*)/gateway\\.log");
  private static final long SECONDS_TO_END = 30;

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void nothingIsLeft() {
    started.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void allFiveDevicesDeliverAndACommandDimsTheLamp() throws Exception {
    Process demo = start("--http", "0", "--mqtt", "0");
    Await.until("the broker's address", () -> BROKER.matcher(printed()).find());
    String url = "tcp://127.0.0.1:" + found(BROKER);
    try (Platform platform = new Platform(url, PoleDocument.POLE)) {
      Await.until("all five", () -> printed().contains("all devices have delivered"));
      platform.command(
          "{\"id\":\"it-1\",\"device\":\"lamp-1\",\"point\":\"level\",\"value\":80,\"deadline\":"
              + (System.currentTimeMillis() + 60_000)
              + "}");
      Await.until("the result", () -> !platform.results("it-1").isEmpty());
      assertThat(platform.results("it-1").get(0)).containsEntry("status", "done");
      Await.until("the level", () -> last(platform, "level") > 79.9);
      Await.until("the lamp's own power", () -> last(platform, "power") > 90);
    }
    List<ProcessHandle> children = demo.descendants().toList();
    assertThat(children).isNotEmpty();
    Path work = Path.of(found(LOG));
    assertThat(work).isDirectory();
    demo.destroy();
    assertThat(demo.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)).isTrue();
    assertThat(demo.exitValue()).as(printed()).isZero();
    assertThat(printed()).contains("result     it-1 done").contains("holes 0, repeats 0");
    assertThat(children).noneMatch(ProcessHandle::isAlive);
    assertThat(work).doesNotExist();
  }

  @Test
  void itEndsByItselfWorksFromAnyPlaceAndNamesWhoNeverDelivered() throws Exception {
    Path moved = folder.resolve("moved here");
    copy(home(), moved);
    started.add(
        new ProcessBuilder(
                moved.resolve("bin/polegate-demo").toString(),
                "--seconds",
                "1",
                "--http",
                "0",
                "--mqtt",
                "0")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output().toFile())
            .start());
    Process demo = started.get(0);
    assertThat(demo.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)).isTrue();
    assertThat(printed()).contains("readings received").contains("holes 0, repeats 0");
    assertThat(demo.exitValue())
        .as(printed())
        .isEqualTo(printed().contains("never delivered") ? 1 : 0);
  }

  @Test
  void aPortThatIsTakenIsNamedWithTheRemedy() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process demo = start("--mqtt", "0", "--http", Integer.toString(taken.getLocalPort()));
      assertThat(demo.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)).isTrue();
      assertThat(demo.exitValue()).isEqualTo(1);
      assertThat(printed())
          .contains("port " + taken.getLocalPort() + " on 127.0.0.1 cannot be used")
          .contains("choose another with --http");
    }
  }

  @Test
  void aGatewayThatDiesEndsTheDemoWithItsLastLines() throws Exception {
    Process demo = start("--http", "0", "--mqtt", "0");
    // what the start script itself runs is gone by then
    Await.until(
        "the gateway",
        () ->
            printed().contains("What the platform receives")
                && demo.descendants().findAny().isPresent());
    demo.descendants().forEach(ProcessHandle::destroyForcibly);
    assertThat(demo.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)).isTrue();
    assertThat(demo.exitValue()).isEqualTo(1);
    assertThat(printed()).contains("the gateway ended (exit code 137); its last lines:");
  }

  @Test
  void aWrongOptionIsAnsweredWithTheUsage() throws Exception {
    Process demo = start("--wrong", "1");
    assertThat(demo.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)).isTrue();
    assertThat(demo.exitValue()).isEqualTo(2);
    assertThat(printed()).contains("there is no option \"--wrong\"").contains("usage:");
  }

  private Process start(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(home().resolve("bin/polegate-demo").toString());
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output().toFile())
            .start();
    started.add(process);
    return process;
  }

  private static Path home() {
    return Path.of(System.getProperty("polegate.demo"));
  }

  private static void copy(Path from, Path to) throws Exception {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(
            each, to.resolve(from.relativize(each).toString()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private Path output() {
    return folder.resolve("output.txt");
  }

  private String printed() throws IOException {
    return new String(Files.readAllBytes(output()), StandardCharsets.UTF_8);
  }

  private String found(Pattern pattern) throws IOException {
    Matcher matcher = pattern.matcher(printed());
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static double last(Platform platform, String point) {
    List<Map<String, Object>> readings = platform.readings("lamp-1", point);
    return !readings.isEmpty()
            && readings.get(readings.size() - 1).get("value") instanceof Number number
        ? number.doubleValue()
        : -1;
  }
}
