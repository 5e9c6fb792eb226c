package io.polegate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server and a client of libmodbus, compiled from C; the server runs until closed. */
final class LibModbus implements AutoCloseable {
  private static final List<Path> HEADERS =
      List.of(Path.of("/usr/include/modbus"), Path.of("/usr/local/include/modbus"));

  private final Path reader;
  private final Process server;
  private final int port;

  /** Registers next to each other. */
  record Request(int start, int count) {}

  /**
   * Compiles both and starts the server.
   *
   * @param sources folder of the C files
   * @param folder for the programs
   */
  LibModbus(Path sources, Path folder) throws Exception {
    Programs.require("gcc", "install the package gcc");
    if (HEADERS.stream().noneMatch(Files::isDirectory)) {
      throw new BenchmarkException("there is no libmodbus: install the package libmodbus-dev");
    }
    reader = compile(sources.resolve("reader.c"), folder.resolve("reader"));
    Path program = compile(sources.resolve("server.c"), folder.resolve("server"));
    server =
        new ProcessBuilder(program.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    port = Integer.parseInt(Programs.firstLine(server));
  }

  int port() {
    return port;
  }

  /** Makes these requests one after the other, many times; returns the nanoseconds for all. */
  long read(int rounds, List<Request> requests) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(reader.toString(), Integer.toString(port), Integer.toString(rounds)));
    for (Request request : requests) {
      command.add(Integer.toString(request.start()));
      command.add(Integer.toString(request.count()));
    }
    return Long.parseLong(Programs.output(command));
  }

  private static Path compile(Path source, Path program) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("gcc", "-O2", "-Wall"));
    HEADERS.forEach(folder -> command.add("-I" + folder));
    command.addAll(List.of("-o", program.toString(), source.toString(), "-lmodbus"));
    Programs.output(command);
    return program;
  }

  @Override
  public void close() {
    server.destroy();
  }
}
