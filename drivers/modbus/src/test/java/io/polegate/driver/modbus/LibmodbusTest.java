package io.polegate.driver.modbus;

import static io.polegate.driver.modbus.ModbusContract.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.data.Value;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.settings.Settings;
import io.polegate.driver.modbus.SimulatedBus.Transport;
import io.polegate.testkit.Await;
import io.polegate.testkit.Ports;
import io.polegate.testkit.SocatPair;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A slave of libmodbus, compiled here, on a line, on a network, and behind socat as server. */
class LibmodbusTest {
  private static final Settings UNIT = settings("unit", "1");

  @TempDir Path folder = Path.of("");
  private final List<Process> processes = new ArrayList<>();
  private Closeable line = () -> {};

  @AfterEach
  void stop() throws IOException {
    line.close();
    processes.forEach(process -> process.destroyForcibly().onExit().join());
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"RTU", "TCP", "RTU_TCP"})
  void everyTypeReadsAsItWasMeantAndIsWritten(Transport transport) throws Exception {
    Map<Settings, Value> expected = EveryType.points();
    try (Driver driver = transport.factory().create(start(transport))) {
      List<Point> points = new ArrayList<>();
      for (Settings point : expected.keySet()) {
        points.add(driver.point(UNIT, point));
      }
      Await.until("the slave to answer", () -> answers(driver, points.get(0)));
      assertThat(driver.read(points))
          .isEqualTo(expected.values().stream().map(Sample::good).toList());
      writtenAndReadBack(driver, new Value.Int(815), "address", "holding:101");
      writtenAndReadBack(driver, new Value.Int(7), "address", "holding:102", "write", "multiple");
      writtenAndReadBack(
          driver,
          new Value.Int(-99999),
          "address",
          "holding:104",
          "type",
          "int32",
          "write",
          "single");
      writtenAndReadBack(
          driver, new Value.Real(49.98), "address", "holding:106", "type", "float32");
      writtenAndReadBack(driver, new Value.Bool(true), "address", "coil:1");
      writtenAndReadBack(driver, new Value.Bool(false), "address", "coil:0", "write", "multiple");
    }
  }

  private static void writtenAndReadBack(Driver driver, Value value, String... settings)
      throws Exception {
    Point point = driver.point(UNIT, settings(settings));
    driver.write(point, value);
    assertThat(driver.read(List.of(point))).containsExactly(Sample.good(value));
  }

  /** Starts the slave and what leads to it, and says how it is reached. */
  private Settings start(Transport transport) throws Exception {
    Path program = compile();
    String port = Integer.toString(Ports.free());
    if (transport == Transport.TCP) {
      run(program.toString(), "tcp", port);
      return settings("host", "127.0.0.1", "port", port, "timeout", "2s");
    }
    SocatPair pair = new SocatPair(folder);
    line = pair::close;
    String ours = pair.ours().toString();
    run(program.toString(), "rtu", pair.theirs().toString());
    if (transport == Transport.RTU) {
      return settings("port", ours, "timeout", "2s");
    }
    run("socat", "tcp-listen:" + port + ",bind=127.0.0.1,fork,reuseaddr", ours + ",raw,echo=0");
    return settings("host", "127.0.0.1", "port", port, "timeout", "2s");
  }

  private Path compile() throws IOException, InterruptedException {
    Path source = folder.resolve("slave.c");
    try (InputStream in = LibmodbusTest.class.getResourceAsStream("libmodbus_slave.c")) {
      Files.write(source, Objects.requireNonNull(in).readAllBytes());
    }
    Path program = folder.resolve("slave");
    Process gcc =
        new ProcessBuilder(
                "gcc",
                "-O1",
                "-Wall",
                "-Wno-overflow",
                "-I/usr/include/modbus",
                "-o",
                program.toString(),
                source.toString(),
                "-lmodbus")
            .redirectErrorStream(true)
            .start();
    String said = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(gcc.waitFor()).as("gcc with libmodbus-dev: %s", said).isZero();
    return program;
  }

  private void run(String... command) throws IOException {
    processes.add(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output-" + processes.size()).toFile())
            .start());
  }

  private static boolean answers(Driver driver, Point point) throws DriverException {
    try {
      driver.open();
      return driver.read(List.of(point)).size() == 1;
    } catch (DeviceSilentException | EndpointDownException e) {
      return false;
    }
  }
}
