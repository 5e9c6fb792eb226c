package io.polegate.bench;

import io.polegate.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The assembled gateway in a process of its own. */
final class GatewayProcess implements AutoCloseable {
  private static final long SECONDS_TO_STOP = 25;

  private final Process process;
  private final Path data;
  private final Path log;

  /**
   * Starts it.
   *
   * @param home of the assembled gateway
   * @param folder empty, for its document, data and log
   */
  GatewayProcess(Path home, Path folder, String document) throws IOException {
    Path config = Files.createDirectory(folder.resolve("config"));
    Files.writeString(config.resolve("pole.yaml"), document);
    data = folder.resolve("data");
    log = folder.resolve("gateway.log");
    process =
        new ProcessBuilder(
                home.resolve("bin/polegate").toString(),
                "run",
                "--config",
                config.toString(),
                "--data",
                data.toString(),
                "--http",
                Integer.toString(Ports.free()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
  }

  long pid() {
    return process.pid();
  }

  Path data() {
    return data;
  }

  /** Complains with its log if it has ended. */
  void check() throws BenchmarkException, IOException {
    if (!process.isAlive()) {
      throw new BenchmarkException("the gateway ended by itself:\n" + said());
    }
  }

  String said() throws IOException {
    return Files.readString(log).strip();
  }

  @Override
  public void close() {
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
