package io.polegate.dist;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The server of the OPC UA driver's own tests, which the build of that driver has installed. */
final class NodeOpcua implements AutoCloseable {
  private static final Path INSTALLED = Path.of("../../drivers/opcua/target/node");

  private final Process process;

  /** Starts it; returns when it listens. */
  NodeOpcua(int port, Path folder) throws IOException {
    process =
        new ProcessBuilder(
                "node", "server.js", Integer.toString(port), folder.toString(), "urn:lamp")
            .directory(INSTALLED.toFile())
            .redirectErrorStream(true)
            .start();
    List<String> output = new ArrayList<>();
    String line = process.inputReader().readLine();
    while (!"ready".equals(line)) {
      if (line == null) {
        throw new AssertionError("node does not serve: " + output);
      }
      output.add(line);
      line = process.inputReader().readLine();
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Lets it say goodbye to its clients; returns when it has ended. */
  void stop() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}
