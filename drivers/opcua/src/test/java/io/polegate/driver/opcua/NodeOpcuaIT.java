package io.polegate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.testkit.Await;
import io.polegate.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bundle as it is shipped against a server by others, node-opcua. The class path has nothing of
 * Milo, netty or BouncyCastle but what is inside the bundle, so this finds what was left out too.
 */
class NodeOpcuaIT {
  private static final String ENCRYPTED = "Basic256Sha256-SignAndEncrypt";

  @TempDir static Path peer;
  private static int port;
  private static Process server;

  @TempDir Path data;

  @BeforeAll
  static void start() throws Exception {
    port = Ports.free();
    server = serve(peer, "urn:other", "urn:lamp");
  }

  @AfterAll
  static void stop() throws Exception {
    stop(server);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "Basic256Sha256-Sign", ENCRYPTED})
  void everyKindOfValueIsRead(String security) throws Exception {
    try (OpcUaDriver driver = Pole.driver(port, Optional.of(data), "security", security)) {
      openTrusting(driver);
      List<Point> points = new ArrayList<>();
      points.add(Pole.point(driver, "s=On", "bool"));
      points.add(Pole.point(driver, "s=Level", "integer"));
      points.add(Pole.point(driver, "s=Serial", "integer"));
      points.add(Pole.point(driver, "s=Power", "real"));
      points.add(Pole.point(driver, "s=Name", "text"));
      points.add(Pole.point(driver, "s=Raw", "bytes"));
      points.add(Pole.point(driver, "s=Broken", "real"));
      assertThat(driver.read(points).stream().map(NodeOpcuaIT::shown))
          .containsExactly(
              new Value.Bool(true),
              new Value.Int(50),
              new Value.Int(4_000_000_000L),
              new Value.Real(41.5),
              new Value.Text("路灯 7"),
              Bytes.ofHex("c0ffee"),
              BadReason.SENSOR_FAULT);
    }
  }

  @Test
  void aUserWritesAndLooksAround() throws Exception {
    try (OpcUaDriver driver =
        Pole.driver(
            port,
            Optional.of(data),
            "security",
            ENCRYPTED,
            "username",
            "pole",
            "password",
            "secret")) {
      openTrusting(driver);
      Point level = Pole.point(driver, "s=Dim", "integer");
      driver.write(level, new Value.Int(255));
      assertThat(shown(driver.read(List.of(level)).get(0))).isEqualTo(new Value.Int(255));
      assertThatThrownBy(() -> driver.write(level, new Value.Int(256)))
          .isInstanceOf(WriteRejectedException.class);
      assertThat(driver.children("")).anyMatch(node -> node.name().equals("Lamp"));
    }
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    try (OpcUaDriver driver =
        Pole.driver(
            port,
            Optional.of(data),
            "security",
            ENCRYPTED,
            "username",
            "pole",
            "password",
            "wrong")) {
      assertThatThrownBy(() -> openTrusting(driver))
          .isInstanceOf(EndpointDownException.class)
          .hasMessageContaining("refuses the user");
    }
  }

  @Test
  void aRestartWithOtherNamespacesBringsValuesAndReportsAgain() throws Exception {
    List<Sample> reports = new CopyOnWriteArrayList<>();
    try (OpcUaDriver driver = Pole.driver(port, Optional.of(data), "timeout", "2s")) {
      openTrusting(driver);
      subscribe(driver, reports);
      Await.until("reports", () -> reports.size() > 3);
      stop(server);
      server = serve(peer, "urn:lamp", "urn:third", "urn:other");
      reports.clear();
      Await.until("the server again", () -> readsAgain(driver, reports));
      assertThat(shown(Pole.level(driver))).isEqualTo(Pole.fifty());
      Await.until("reports again", () -> reports.size() > 3);
    }
  }

  @Test
  void aServerWithAnotherCertificateIsRefusedUntilItIsTrusted() throws Exception {
    try (OpcUaDriver driver =
        Pole.driver(port, Optional.of(data), "security", ENCRYPTED, "timeout", "2s")) {
      openTrusting(driver);
      stop(server);
      server = serve(Files.createDirectories(peer.resolve("other")), "urn:lamp");
      assertThatThrownBy(() -> Pole.level(driver)).isInstanceOf(EndpointDownException.class);
      assertThatThrownBy(driver::open).hasMessageContaining("nobody has trusted");
      openTrusting(driver);
      assertThat(shown(Pole.level(driver))).isEqualTo(Pole.fifty());
    }
  }

  @Test
  void aDeadbandInPercentIsOfTheRangeOfTheNode() throws Exception {
    List<Sample> every = new CopyOnWriteArrayList<>();
    List<Sample> wide = new CopyOnWriteArrayList<>();
    try (OpcUaDriver driver = Pole.driver(port, Optional.of(data))) {
      driver.open();
      Point all = Pole.point(driver, "s=Ranged", "real", "sampling", "20ms");
      Point far = Pole.point(driver, "s=Ranged", "real", "sampling", "20ms", "deadband", "2 %");
      driver.subscribe(
          List.of(all, far), (point, sample) -> (point.equals(all) ? every : wide).add(sample));
      for (double value : new double[] {100, 103, 110}) { // 2 % of 0 to 200 are 4
        driver.write(all, new Value.Real(value));
        Await.until("a report of " + value, () -> last(every).equals(new Value.Real(value)));
      }
      Await.until("the report of 110", () -> last(wide).equals(new Value.Real(110)));
      assertThat(wide.stream().map(NodeOpcuaIT::shown))
          .containsExactly(new Value.Real(100), new Value.Real(110));
    }
  }

  private static Object last(List<Sample> reports) {
    return reports.isEmpty() ? "nothing yet" : shown(reports.get(reports.size() - 1));
  }

  private static void subscribe(OpcUaDriver driver, List<Sample> reports) throws Exception {
    driver.subscribe(
        List.of(Pole.point(driver, "s=Counter", "integer")),
        (point, sample) -> reports.add(sample));
  }

  /** What the core does with a bus that is down. */
  private static boolean readsAgain(OpcUaDriver driver, List<Sample> reports) throws Exception {
    try {
      return Pole.level(driver) instanceof Sample.Good;
    } catch (EndpointDownException e) {
      try {
        driver.open();
        subscribe(driver, reports);
      } catch (EndpointDownException still) {
        return false;
      }
      return false;
    }
  }

  private static Object shown(Sample sample) {
    return sample instanceof Sample.Good good ? good.value() : ((Sample.Bad) sample).reason();
  }

  /** Opens, trusting whatever is there, as a person would at the first contact. */
  private void openTrusting(OpcUaDriver driver) throws Exception {
    try {
      driver.open();
    } catch (EndpointDownException e) {
      Path rejected = data.resolve("opcua/rejected");
      if (!Files.isDirectory(rejected)) {
        throw e;
      }
      try (Stream<Path> files = Files.list(rejected)) {
        for (Path file : files.toList()) {
          Files.move(file, data.resolve("opcua/trusted").resolve(file.getFileName()));
        }
      }
      driver.open();
    }
  }

  private static Process serve(Path folder, String... namespaces) throws IOException {
    List<String> command = new ArrayList<>();
    command.add("node");
    command.add("server.js");
    command.add(Integer.toString(port));
    command.add(folder.toString());
    command.addAll(List.of(namespaces));
    Process process =
        new ProcessBuilder(command)
            .directory(Path.of("target/node").toFile())
            .redirectErrorStream(true)
            .start();
    List<String> output = new ArrayList<>();
    for (String line = process.inputReader().readLine();
        !"ready".equals(line);
        line = process.inputReader().readLine()) {
      if (line == null) {
        throw new AssertionError("node did not serve: " + output);
      }
      output.add(line);
    }
    return process;
  }

  private static void stop(Process process) throws Exception {
    process.getOutputStream().close();
    process.onExit().get();
  }
}
