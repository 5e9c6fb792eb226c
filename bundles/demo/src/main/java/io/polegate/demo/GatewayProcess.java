package io.polegate.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real gateway in a process of its own. Thread-safe. */
final class GatewayProcess implements AutoCloseable {
  private static final long SECONDS_TO_STOP = 25;
  private static final int LAST_LINES = 20;

  private final Process process;
  private final Path log;
  private final CompletableFuture<Void> ownEnd;

  private GatewayProcess(Process process, Path log, Runnable onOwnEnd) {
    this.process = process;
    this.log = log;
    this.ownEnd = process.onExit().thenRun(onOwnEnd);
  }

  /**
   * Starts it.
   *
   * @param program its start script
   * @param config the folder of its document
   * @param data the folder it may write to
   * @param log takes its standard output and error
   * @param onOwnEnd called if it ends before {@link #close()}
   */
  static GatewayProcess start(
      Path program, Path config, Path data, int httpPort, Path log, Runnable onOwnEnd)
      throws IOException {
    Process process =
        new ProcessBuilder(
                program.toString(),
                "run",
                "--config",
                config.toString(),
                "--data",
                data.toString(),
                "--http",
                Integer.toString(httpPort))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new GatewayProcess(process, log, onOwnEnd);
  }

  /** How it ended and what it said last. */
  List<String> obituary() throws IOException {
    // lenient, because what a dying process writes may end in half a character
    List<String> lines =
        new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
    List<String> said = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    String code = process.isAlive() ? "no exit code yet" : "exit code " + process.exitValue();
    return Stream.concat(
            Stream.of("the gateway ended (" + code + "); its last lines:"), said.stream())
        .toList();
  }

  /** Tells it to end and waits; ends it by force if it does not follow. */
  @Override
  public void close() {
    ownEnd.cancel(false);
    process.destroy();
    try {
      if (process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
