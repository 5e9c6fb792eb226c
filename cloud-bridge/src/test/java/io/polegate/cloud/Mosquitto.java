package io.polegate.cloud;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real broker on a free port, which can be stopped and started. */
final class Mosquitto implements AutoCloseable {
  private static final String PROGRAM = "/usr/sbin/mosquitto";

  private final Path config;
  private final int port;
  private @Nullable Process process;

  private Mosquitto(Path config, int port) {
    this.config = config;
    this.port = port;
  }

  /** Starts one that lets everybody in. */
  static Mosquitto start(Path folder, String... lines) throws IOException {
    return startClosed(folder, "allow_anonymous true\n" + String.join("\n", lines));
  }

  /** Starts one with this configuration beside port and storage. */
  static Mosquitto startClosed(Path folder, String more) throws IOException {
    int port = freePort();
    Path config = folder.resolve("mosquitto-" + port + ".conf");
    Files.writeString(
        config,
        """
        listener %d 127.0.0.1
        user %s
        persistence true
        persistence_location %s/
        max_queued_messages 0
        log_dest none
        %s
        """
            .formatted(port, System.getProperty("user.name"), folder, more));
    Mosquitto broker = new Mosquitto(config, port);
    broker.start();
    return broker;
  }

  int port() {
    return port;
  }

  String url() {
    return "tcp://127.0.0.1:" + port;
  }

  void start() throws IOException {
    process =
        new ProcessBuilder(PROGRAM, "-c", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Await.until("mosquitto listens", this::listens);
  }

  void stop() {
    Process running = process;
    if (running == null) {
      return;
    }
    running.destroy();
    try {
      if (!running.waitFor(10, TimeUnit.SECONDS)) {
        running.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process = null;
  }

  @Override
  public void close() {
    stop();
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * A port outside the range of outgoing connections: on loopback, a client that tries a closed
   * port of that range long enough connects to itself and keeps the broker out.
   */
  static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // taken: try another
      }
    }
  }
}
