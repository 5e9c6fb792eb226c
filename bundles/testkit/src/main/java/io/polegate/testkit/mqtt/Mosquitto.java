package io.polegate.testkit.mqtt;

import io.polegate.testkit.Await;
import io.polegate.testkit.Ports;
import io.polegate.testkit.tls.Authority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real broker on a free port, which can be stopped and started. */
public final class Mosquitto implements AutoCloseable {
  private static final String PROGRAM = "/usr/sbin/mosquitto";

  private final Path config;
  private final int port;
  private final int securePort;
  private @Nullable Process process;

  private Mosquitto(Path config, int port, int securePort) {
    this.config = config;
    this.port = port;
    this.securePort = securePort;
  }

  /** Starts one that lets everybody in. */
  public static Mosquitto start(Path folder, String... lines) throws IOException {
    return startClosed(folder, "allow_anonymous true\n" + String.join("\n", lines));
  }

  /** Starts one with this configuration beside port and storage. */
  public static Mosquitto startClosed(Path folder, String more) throws IOException {
    return start(folder, 0, more);
  }

  /**
   * Starts one that lets everybody in, and that also listens for TLS.
   *
   * @param trusted authority of the clients' certificates
   * @param own certificate of the broker
   * @param lines of the listener for TLS, for instance {@code require_certificate true}
   */
  public static Mosquitto startSecured(
      Path folder, Authority trusted, Authority.Issued own, String... lines) throws IOException {
    int port = Ports.free();
    return start(
        folder,
        port,
        """
        allow_anonymous true
        listener %d 127.0.0.1
        cafile %s
        certfile %s
        keyfile %s
        %s
        """
            .formatted(
                port,
                trusted.certificate(),
                own.certificate(),
                own.key(),
                String.join("\n", lines)));
  }

  private static Mosquitto start(Path folder, int securePort, String more) throws IOException {
    int port = Ports.free();
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
    Mosquitto broker = new Mosquitto(config, port, securePort);
    broker.start();
    return broker;
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** What a client connects to. */
  public String url() {
    return "tcp://127.0.0.1:" + port;
  }

  /** What a client connects to with TLS, by the name {@code localhost}. */
  public String secureUrl() {
    return "ssl://localhost:" + securePort;
  }

  /** Starts it (again) with the sessions and messages it kept; returns when it listens. */
  public void start() throws IOException {
    process =
        new ProcessBuilder(PROGRAM, "-c", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Await.until("mosquitto listens", () -> Ports.accepts(port));
  }

  /** Stops it cleanly. */
  public void stop() {
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
}
