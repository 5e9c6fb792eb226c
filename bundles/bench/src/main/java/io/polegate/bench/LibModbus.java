package io.polegate.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Servers and clients of libmodbus, compiled from C. Servers run until closed. */
final class LibModbus implements AutoCloseable {
  private static final List<Path> HEADERS =
      List.of(Path.of("/usr/include/modbus"), Path.of("/usr/local/include/modbus"));

  private final Path reader;
  private final Path server;
  private final Path line;
  private final List<Process> running = new ArrayList<>();

  /** Registers next to each other. */
  record Request(int start, int count) {}

  /**
   * A server that waits for a client.
   *
   * @param words that tell the reader where it is
   * @param end port number or device file
   */
  record Server(List<String> words, String end) {
    Server {
      words = List.copyOf(words);
    }
  }

  /**
   * Compiles the programs.
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
    server = compile(sources.resolve("server.c"), folder.resolve("server"));
    line = compile(sources.resolve("line.c"), folder.resolve("line"));
  }

  /** Starts a server on a free TCP port. */
  Server tcp() throws IOException {
    String port = start(server.toString(), "tcp").readLine();
    return new Server(List.of("tcp", port), port);
  }

  /** Starts a server behind a serial line that is as slow as its baud rate says. */
  Server rtu(int baud) throws IOException {
    String rate = Integer.toString(baud);
    BufferedReader ends = start(line.toString(), rate);
    String ours = Optional.ofNullable(ends.readLine()).orElse("");
    String theirs = Optional.ofNullable(ends.readLine()).orElse("");
    if (start(server.toString(), "rtu", theirs, rate).readLine() == null) {
      throw new IOException("no libmodbus server on the serial line " + theirs);
    }
    return new Server(List.of("rtu", ours, rate), ours);
  }

  /** Makes these requests one after the other, many times; returns the nanoseconds for all. */
  long read(Server where, int rounds, List<Request> requests)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(reader.toString());
    command.addAll(where.words());
    command.add(Integer.toString(rounds));
    for (Request request : requests) {
      command.add(Integer.toString(request.start()));
      command.add(Integer.toString(request.count()));
    }
    return Long.parseLong(Programs.output(command));
  }

  private BufferedReader start(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    running.add(process);
    return process.inputReader(StandardCharsets.UTF_8);
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
    running.forEach(Process::destroy);
  }
}
