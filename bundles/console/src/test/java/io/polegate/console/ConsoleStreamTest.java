package io.polegate.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.data.Value;
import io.polegate.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConsoleStreamTest {
  private static final int WAIT_MILLIS = 20_000;

  private final FakeGateway gateway = new FakeGateway();
  private final List<Socket> sockets = new ArrayList<>();
  private RunningConsole console;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    console = RunningConsole.start(gateway, folder);
  }

  @AfterEach
  void stop() throws Exception {
    for (Socket socket : sockets) {
      socket.close();
    }
    console.stop();
  }

  @Test
  void everythingComesFirstThenOnlyWhatChanged() throws Exception {
    BufferedReader listener = open();
    List<String> snapshot = message(listener);
    assertThat(snapshot.get(0)).isEqualTo("retry: 2000");
    assertThat(snapshot.get(1)).startsWith("id: ");
    assertThat(snapshot.get(2)).isEqualTo("event: snapshot");
    assertThat(snapshot.get(3))
        .startsWith("data: {\"status\":{")
        .contains("CQ-YB-000417", "\"devices\":[{\"id\":\"lamp-1\"", "\"id\":\"manhole-1\"");

    gateway.good("meter-1", "voltage", new Value.Real(231.5));
    List<String> change = message(listener);
    assertThat(change.get(1)).isEqualTo("event: change");
    assertThat(change.get(2))
        .startsWith("data: {\"devices\":[{\"id\":\"meter-1\",\"state\":\"online\"")
        .contains("\"points\":[{\"id\":\"voltage\",\"quality\":\"good\",\"value\":231.5,")
        .doesNotContain("energy", "lamp-1", "status", "names");
  }

  @Test
  void aNewDocumentIsSentAsAWhole() throws Exception {
    BufferedReader listener = open();
    message(listener);
    gateway.setPole(Optional.empty());
    List<String> again = message(listener);
    assertThat(again.get(1)).isEqualTo("event: snapshot");
    assertThat(again.get(2)).contains("\"pole\":null", "\"devices\":[]");
  }

  @Test
  void allListenersGetTheSameMessage() throws Exception {
    BufferedReader one = open();
    message(one);
    BufferedReader other = open();
    message(other);
    gateway.good("env-1", "noise", new Value.Real(60.1));
    assertThat(message(one)).isEqualTo(message(other));
  }

  @Test
  void listenersBeyondTheLimitAreRefusedAndALeftPlaceIsFree() throws Exception {
    for (int i = 0; i < EventStream.MOST_CLIENTS; i++) {
      message(open());
    }
    assertThat(statusOfOneMore()).contains(" 503 ");
    sockets.remove(0).close();
    // the gateway notices a closed connection when it has something to say
    Await.until(
        "a place is free",
        () -> {
          gateway.good("env-1", "noise", new Value.Real(Math.random()));
          return statusOfOneMore().contains(" 200 ");
        });
  }

  @Test
  void listenerThatDoesNotReadHarmsNobody() throws Exception {
    String large = "x".repeat(8_000_000);
    gateway.good("lamp-1", "label", new Value.Text(large));
    connect();
    gateway.good("lamp-1", "label", new Value.Text(""));
    BufferedReader listener = open();
    message(listener);
    for (int i = 1; i <= 3; i++) {
      gateway.good("env-1", "noise", new Value.Int(i));
      assertThat(message(listener).get(2)).contains("\"value\":" + i + ",");
    }
  }

  @Test
  void streamHasNoHead() throws Exception {
    Socket socket = connect("HEAD");
    assertThat(reader(socket).readLine()).contains(" 405 ");
  }

  private String statusOfOneMore() {
    try (Socket socket = connect()) {
      return reader(socket).readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Socket connect() throws IOException {
    return connect("GET");
  }

  private Socket connect(String method) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), console.port());
    socket.setSoTimeout(WAIT_MILLIS);
    sockets.add(socket);
    String request =
        method + " /api/v1/stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private BufferedReader open() throws IOException {
    BufferedReader reader = reader(connect());
    assertThat(reader.readLine()).isEqualTo("HTTP/1.1 200 OK");
    while (!reader.readLine().isEmpty()) {
      // the rest of the headers
    }
    return reader;
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /** The lines of the next message; the connection closes at its end, so nothing is chunked. */
  private static List<String> message(BufferedReader reader) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = reader.readLine(); !line.isEmpty(); line = reader.readLine()) {
      lines.add(line);
    }
    return lines;
  }
}
