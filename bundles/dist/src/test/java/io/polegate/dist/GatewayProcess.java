package io.polegate.dist;

import io.polegate.testkit.Await;
import io.polegate.testkit.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The assembled gateway as a process, started the way a service manager does it. */
final class GatewayProcess implements AutoCloseable {
  static final Path HOME = Path.of(System.getProperty("polegate.home"));
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final long SECONDS_TO_STOP = 30;

  private final Path folder;
  private final int port;
  private Process process;

  private GatewayProcess(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /** Starts a gateway with this document in {@code folder} and returns when it is ready. */
  static GatewayProcess start(Path folder, String document) throws IOException {
    return start(folder, document, Ports.free());
  }

  /** As above with this port for the console. */
  static GatewayProcess start(Path folder, String document, int port) throws IOException {
    Path config = Files.createDirectories(folder.resolve("config"));
    Files.writeString(config.resolve("pole.yaml"), document);
    GatewayProcess gateway = new GatewayProcess(folder, port, launch(folder, port));
    gateway.awaitReady();
    return gateway;
  }

  /** Starts a gateway with what is in {@code folder/config}, and returns when it is ready. */
  static GatewayProcess startAsItIs(Path folder) throws IOException {
    return startAsItIs(folder, Map.of());
  }

  /** As above with more in its environment, for this start alone. */
  static GatewayProcess startAsItIs(Path folder, Map<String, String> environment)
      throws IOException {
    Path ignored = Files.createDirectories(folder.resolve("config"));
    int port = Ports.free();
    GatewayProcess gateway = new GatewayProcess(folder, port, launch(folder, port, environment));
    gateway.awaitReady();
    return gateway;
  }

  /** Starts it again and kills it after a while, ready or not. */
  void startAndKill(Duration after) throws IOException, InterruptedException {
    process = launch(folder, port);
    boolean ended = process.waitFor(after.toMillis(), TimeUnit.MILLISECONDS);
    if (ended) {
      throw new AssertionError("the gateway ended: " + log());
    }
    kill();
  }

  /** Starts it again after {@link #kill} or {@link #stop}, and returns when it is ready. */
  void start() throws IOException {
    process = launch(folder, port);
    awaitReady();
  }

  private static Process launch(Path folder, int port) throws IOException {
    return launch(folder, port, Map.of());
  }

  private static Process launch(Path folder, int port, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            HOME.resolve("bin/polegate").toString(),
            "run",
            "--config",
            folder.resolve("config").toString(),
            "--data",
            folder.resolve("data").toString(),
            "--http",
            Integer.toString(port));
    builder.environment().putAll(environment);
    return builder
        .redirectOutput(folder.resolve("stdout").toFile())
        .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("stderr").toFile()))
        .start();
  }

  private void awaitReady() throws IOException {
    Await.until(
        "the gateway is ready",
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("the gateway ended: " + log());
          }
          return Files.readString(folder.resolve("stdout")).contains("is ready");
        });
  }

  String stdout() throws IOException {
    return Files.readString(folder.resolve("stdout"));
  }

  String log() throws IOException {
    return Files.readString(folder.resolve("stderr"));
  }

  /** Asks it to end, as a service manager does, and returns its exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
      throw new AssertionError("the gateway does not stop");
    }
    return process.exitValue();
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** The body that a GET answers. */
  String get(String path) throws IOException, InterruptedException {
    return answer(HttpRequest.newBuilder(uri(path)).GET());
  }

  /** The body that a POST of this JSON answers. */
  String post(String path, String json) throws IOException, InterruptedException {
    return answer(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** The body that a DELETE answers. */
  String delete(String path) throws IOException, InterruptedException {
    return answer(HttpRequest.newBuilder(uri(path)).DELETE());
  }

  private static String answer(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpRequest timed = request.timeout(Duration.ofSeconds(10)).build();
    return HTTP.send(timed, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** What a command line printed and its exit code. */
  record Ended(int code, String stdout, String stderr) {}

  /** Runs {@code bin/polegate} with these words until it ends. */
  static Ended call(Path folder, String... words) throws IOException, InterruptedException {
    return callWith("", folder, words);
  }

  /** As above with this on its standard input. */
  static Ended callWith(String input, Path folder, String... words)
      throws IOException, InterruptedException {
    Path in = Files.writeString(Files.createTempFile(folder, "in", ""), input);
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    List<String> command =
        Stream.concat(Stream.of(HOME.resolve("bin/polegate").toString()), Stream.of(words))
            .toList();
    Process process =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("does not end: " + command);
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
