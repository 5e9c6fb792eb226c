package io.polegate.serialport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.serial.SerialLine;
import io.polegate.api.serial.SerialParameters;
import io.polegate.api.serial.SerialParameters.Direction;
import io.polegate.api.serial.SerialParameters.Parity;
import io.polegate.api.serial.SerialPorts;
import io.polegate.testkit.PseudoTerminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On pseudo-terminals. */
class SystemSerialPortsTest {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

  @TempDir Path folder = Path.of("");
  private final SerialPorts ports = new SystemSerialPorts();
  private PseudoTerminal cable;

  @BeforeEach
  void plug() throws IOException {
    cable = PseudoTerminal.open(folder.resolve("port"));
  }

  @AfterEach
  void unplug() {
    cable.close();
  }

  @Test
  void bytesGoBothWays() throws Exception {
    try (SerialLine line = line(9600)) {
      line.open();
      line.write(bytes("ping"));
      assertThat(cable.input().readNBytes(4)).isEqualTo(bytes("ping"));
      cable.output().write(bytes("pong"));
      assertThat(receive(line, 4)).isEqualTo("pong");
      assertThat(line.receive(0)).isEmpty();
    }
  }

  @Test
  void linesThatShareAPortSetItEachForItself() throws Exception {
    try (SerialLine slow = line(4800);
        SerialLine fast = line(19200)) {
      slow.open();
      fast.open();
      slow.write(bytes("a"));
      assertThat(speed()).isEqualTo("4800");
      fast.write(bytes("b"));
      assertThat(speed()).isEqualTo("19200");
      slow.write(bytes("c"));
      assertThat(speed()).isEqualTo("4800");
      assertThat(cable.input().readNBytes(3)).isEqualTo(bytes("abc"));
    }
  }

  @Test
  void whatOneLineLeftBehindIsNotReadByAnother() throws Exception {
    try (SerialLine slow = line(4800);
        SerialLine fast = line(19200)) {
      slow.open();
      fast.open();
      slow.write(bytes("?"));
      cable.output().write(bytes("late"));
      assertThat(fast.receive(0)).isEmpty();
      cable.output().write(bytes("new"));
      assertThat(receive(fast, 3)).isEqualTo("new");
    }
  }

  @Test
  void linesWithTheSameParametersDoNotReadEachOthersLateAnswersEither() throws Exception {
    try (SerialLine first = line(9600);
        SerialLine second = line(9600)) {
      first.open();
      second.open();
      first.write(bytes("?"));
      cable.output().write(bytes("late"));
      assertThat(second.receive(0)).isEmpty();
    }
  }

  @Test
  void aLineGoesOnWhenTheOtherIsClosed() throws Exception {
    SerialLine first = line(9600);
    try (SerialLine second = line(9600)) {
      first.open();
      second.open();
      first.close();
      second.write(bytes("x"));
      assertThat(cable.input().readNBytes(1)).isEqualTo(bytes("x"));
      assertThatThrownBy(() -> first.write(bytes("y"))).isInstanceOf(EndpointDownException.class);
    }
  }

  @Test
  void whatComesBetweenOpeningAndTheFirstLookIsNotLost() throws Exception {
    try (SerialLine line = line(9600)) {
      line.open();
      cable.output().write(bytes("early"));
      assertThat(receive(line, 5)).isEqualTo("early");
    }
  }

  @Test
  void whatCameWhileALineWasClosedIsNotForIt() throws Exception {
    SerialLine first = line(9600);
    try (SerialLine second = line(9600)) {
      first.open();
      second.open();
      first.write(bytes("?"));
      first.close();
      cable.output().write(bytes("old"));
      first.open();
      assertThat(first.receive(0)).isEmpty();
      cable.output().write(bytes("new"));
      assertThat(receive(first, 3)).isEqualTo("new");
    }
    first.close();
  }

  @Test
  void allLinesOfAPortThatIsUnpluggedFindItGoneAndHealAfterOpen() throws Exception {
    try (SerialLine first = line(9600);
        SerialLine second = line(4800)) {
      first.open();
      second.open();
      cable.close();
      assertThatThrownBy(() -> first.receive(PATIENCE_NANOS))
          .isInstanceOf(EndpointDownException.class)
          .hasMessageContaining("is gone");
      assertThatThrownBy(() -> second.receive(PATIENCE_NANOS))
          .isInstanceOf(EndpointDownException.class);
      assertThatThrownBy(first::open).isInstanceOf(EndpointDownException.class);
      plug();
      first.open();
      second.open();
      assertThat(second.receive(0)).isEmpty();
      cable.output().write(bytes("back"));
      assertThat(receive(second, 4)).isEqualTo("back");
    }
  }

  @Test
  void twoNamesOfOnePortAreNotUsedAtOnce() throws Exception {
    Path other = Files.createSymbolicLink(folder.resolve("other"), folder.resolve("port"));
    SerialLine line = line(9600);
    try (SerialLine alias = ports.line(parameters(other, 9600))) {
      line.open();
      assertThatThrownBy(alias::open)
          .isInstanceOf(EndpointDownException.class)
          .hasMessageContaining("write the same name on both buses");
      line.close();
      alias.open();
    }
  }

  @Test
  void closeFromAnotherThreadEndsAWait() throws Exception {
    SerialLine line = line(9600);
    line.open();
    CompletableFuture<byte[]> waiting = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                waiting.complete(line.receive(Long.MAX_VALUE / 2));
              } catch (EndpointDownException e) {
                waiting.completeExceptionally(e);
              }
            });
    reader.start();
    line.close();
    assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(EndpointDownException.class);
    reader.join();
  }

  private SerialLine line(int baud) {
    return ports.line(parameters(folder.resolve("port"), baud));
  }

  private static SerialParameters parameters(Path port, int baud) {
    return new SerialParameters(
        port.toString(), baud, 8, Parity.NONE, 1, Direction.HARDWARE, Duration.ZERO, Duration.ZERO);
  }

  private static String receive(SerialLine line, int count) throws EndpointDownException {
    StringBuilder text = new StringBuilder();
    long until = System.nanoTime() + PATIENCE_NANOS;
    while (text.length() < count && System.nanoTime() < until) {
      text.append(new String(line.receive(PATIENCE_NANOS), StandardCharsets.US_ASCII));
    }
    return text.toString();
  }

  private String speed() throws IOException {
    Process stty =
        new ProcessBuilder("stty", "-F", folder.resolve("port").toString(), "speed").start();
    return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
