package io.polegate.testkit.modbus;

import io.polegate.testkit.Await;
import io.polegate.testkit.Ports;
import io.polegate.testkit.SocatPair;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A slave of the pymodbus project (unit 1) in a process of its own, on a TCP port or behind a pair
 * of pseudo-terminals made by socat, and mbpoll of the libmodbus project to look at it. What it
 * holds is in {@code pymodbus_slave.py}.
 */
public final class PymodbusSlave implements AutoCloseable {
  /** How it is reached. */
  public enum Transport {
    /** Over a pair of pseudo-terminals. */
    RTU,
    /** Over a pair of pseudo-terminals, in characters. */
    ASCII,
    /** Over a TCP port on loopback. */
    TCP,
    /** Over a TCP port on loopback, in the frames of a serial line. */
    RTU_TCP
  }

  private static final Pattern MBPOLL_LINE = Pattern.compile("\\[(\\d+)]:\\s+(\\S+).*");

  private final List<Process> processes = new ArrayList<>();
  private final Closeable line;
  private final Transport transport;
  private final Map<String, String> busSettings;
  private final List<String> mbpollWhere;

  /**
   * Starts it.
   *
   * @param folder for the links and outputs of the processes
   */
  public PymodbusSlave(Transport transport, Path folder) throws IOException {
    this.transport = transport;
    String mode = transport.name().toLowerCase(Locale.ROOT);
    if (transport == Transport.RTU || transport == Transport.ASCII) {
      SocatPair pair = new SocatPair(folder);
      line = pair::close;
      String ours = pair.ours().toString();
      run(folder, "/usr/bin/python3", script(folder), mode, pair.theirs().toString());
      busSettings =
          transport == Transport.RTU
              ? Map.of("port", ours)
              : Map.of("port", ours, "data-bits", "8", "parity", "none");
      mbpollWhere = List.of("-m", "rtu", "-b", "9600", "-P", "none", ours);
    } else {
      line = () -> {};
      int port = Ports.free();
      run(folder, "/usr/bin/python3", script(folder), mode, Integer.toString(port));
      Await.until("the server's port", () -> Ports.accepts(port));
      busSettings = Map.of("host", "127.0.0.1", "port", Integer.toString(port));
      mbpollWhere = List.of("-m", "tcp", "-p", Integer.toString(port), "127.0.0.1");
    }
  }

  /** How it is reached. */
  public Transport transport() {
    return transport;
  }

  /** Settings of a bus that reaches it. On a serial line it may take a second until it answers. */
  public Map<String, String> busSettings() {
    return busSettings;
  }

  /**
   * What mbpoll reads, as it prints it; only for {@link Transport#RTU} and {@link Transport#TCP}.
   *
   * @param type of mbpoll, for instance {@code 4:float}
   * @param count values, not registers
   */
  public List<String> mbpoll(String type, int start, int count, String... more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("mbpoll", "-0", "-1", "-o", "5", "-a", "1"));
    command.addAll(List.of("-t", type, "-r", Integer.toString(start)));
    command.addAll(List.of("-c", Integer.toString(count)));
    command.addAll(Arrays.asList(more));
    command.addAll(mbpollWhere);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(command + " failed: " + output);
    }
    return output
        .lines()
        .map(MBPOLL_LINE::matcher)
        .filter(Matcher::matches)
        .map(m -> m.group(2))
        .toList();
  }

  @Override
  public void close() throws IOException {
    line.close();
    for (Process process : processes) {
      process.destroyForcibly().onExit().join();
    }
  }

  private void run(Path folder, String... command) throws IOException {
    processes.add(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output-" + processes.size()).toFile())
            .start());
  }

  private static String script(Path folder) throws IOException {
    Path script = folder.resolve("pymodbus_slave.py");
    try (InputStream in = PymodbusSlave.class.getResourceAsStream("pymodbus_slave.py")) {
      if (in == null) {
        throw new IOException("pymodbus_slave.py is not beside its class");
      }
      Files.write(script, in.readAllBytes());
    }
    return script.toString();
  }
}
