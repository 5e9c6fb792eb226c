package io.polegate.dist;

import io.polegate.testkit.Await;
import io.polegate.testkit.Ports;
import java.io.IOException;
import java.nio.file.Path;

/** The simulated device of the template, as the template's own build compiled it. */
final class LinePeer {
  private LinePeer() {}

  static Process start(Path project, int port) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                project.resolve("target/test-classes").toString(),
                "org.example.line.LineServer",
                String.valueOf(port),
                "a/level=42.5")
            .redirectErrorStream(true)
            .redirectOutput(project.resolve("peer.log").toFile())
            .start();
    Await.until("the line peer listens", () -> Ports.accepts(port));
    return process;
  }
}
