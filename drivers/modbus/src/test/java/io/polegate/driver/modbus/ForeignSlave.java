package io.polegate.driver.modbus;

import io.polegate.api.driver.DriverFactory;
import io.polegate.api.settings.Settings;
import io.polegate.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A slave of the pymodbus project in a process of its own, on a TCP port or behind a pair of
 * pseudo-terminals made by socat, and mbpoll of the libmodbus project to look at it.
 */
final class ForeignSlave implements AutoCloseable {
  /** How it is reached. */
  enum Transport {
    RTU,
    TCP
  }

  private static final Pattern MBPOLL_LINE = Pattern.compile("\\[(\\d+)]:\\s+(\\S+).*");

  private final List<Process> processes = new ArrayList<>();
  private final DriverFactory factory;
  private final Settings bus;
  private final List<String> mbpollWhere;

  ForeignSlave(Transport transport, Path folder) throws Exception {
    if (transport == Transport.RTU) {
      Path theirs = folder.resolve("theirs");
      Path ours = folder.resolve("ours");
      run(folder, "socat", "pty,raw,echo=0,link=" + theirs, "pty,raw,echo=0,link=" + ours);
      Await.until("socat's links", () -> Files.exists(theirs) && Files.exists(ours));
      run(folder, "/usr/bin/python3", script(), "rtu", theirs.toString());
      factory = new ModbusRtu();
      bus = ModbusContract.settings("port", ours.toString());
      mbpollWhere = List.of("-m", "rtu", "-b", "9600", "-P", "none", ours.toString());
    } else {
      int port = freePort();
      run(folder, "/usr/bin/python3", script(), "tcp", Integer.toString(port));
      Await.until("the server's port", () -> accepts(port));
      factory = new ModbusTcp();
      bus = ModbusContract.settings("host", "127.0.0.1", "port", Integer.toString(port));
      mbpollWhere = List.of("-m", "tcp", "-p", Integer.toString(port), "127.0.0.1");
    }
  }

  DriverFactory factory() {
    return factory;
  }

  Settings bus(String timeout) {
    Map<String, String> texts = new HashMap<>(bus.texts());
    texts.put("timeout", timeout);
    return new Settings(texts);
  }

  /**
   * What mbpoll reads, as it prints it.
   *
   * @param type of mbpoll, for instance {@code 4:float}
   * @param count values, not registers
   */
  List<String> mbpoll(String type, int start, int count, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "mbpoll",
                "-0",
                "-1",
                "-o",
                "5",
                "-a",
                "1",
                "-t",
                type,
                "-r",
                Integer.toString(start)));
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
  public void close() {
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

  private static String script() throws Exception {
    var resource = ForeignSlave.class.getResource("/pymodbus_slave.py");
    if (resource == null) {
      throw new IOException("pymodbus_slave.py is not among the test resources");
    }
    return Path.of(resource.toURI()).toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
