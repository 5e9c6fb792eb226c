package io.polegate.config;

import io.polegate.testkit.PseudoTerminal;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A device that knows one conversation: it answers the requests that it expects, in their order,
 * and keeps silent for good from the first other byte on.
 */
final class GoldenPeer implements Closeable {
  private final List<Line> script;
  private final Closeable endpoint;
  private final String place;
  private final List<String> frames = new ArrayList<>();
  private final ByteArrayOutputStream rest = new ByteArrayOutputStream();

  /**
   * A request and its answer.
   *
   * @param request bytes in hexadecimal, whole as on the wire
   * @param answer the same, or nothing for a device that does not answer
   */
  record Line(String request, String answer) {}

  @FunctionalInterface
  private interface Talk {
    void run() throws IOException;
  }

  private GoldenPeer(List<Line> script, Closeable endpoint, String place) {
    this.script = List.copyOf(script);
    this.endpoint = endpoint;
    this.place = place;
  }

  /** Behind a TCP port, for one connection; {@link #place} is the port. */
  static GoldenPeer behindPort(List<Line> script) throws IOException {
    ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    GoldenPeer peer = new GoldenPeer(script, server, Integer.toString(server.getLocalPort()));
    peer.start(
        () -> {
          try (Socket socket = server.accept()) {
            peer.talk(socket.getInputStream(), socket.getOutputStream());
          }
        });
    return peer;
  }

  /** On a serial line; {@link #place} is the port. */
  static GoldenPeer onLine(List<Line> script) throws IOException {
    PseudoTerminal terminal = PseudoTerminal.open();
    GoldenPeer peer = new GoldenPeer(script, terminal::close, terminal.port().toString());
    peer.start(() -> peer.talk(terminal.input(), terminal.output()));
    return peer;
  }

  String place() {
    return place;
  }

  /** What came: each expected request, and behind them in one what was not expected. */
  synchronized List<String> heard() {
    List<String> all = new ArrayList<>(frames);
    if (rest.size() > 0) {
      all.add(hex(rest.toByteArray()));
    }
    return all;
  }

  /** What {@link #heard} is if all went well. */
  List<String> expected() {
    return script.stream().map(line -> hex(bytes(line.request()))).toList();
  }

  @Override
  public void close() throws IOException {
    endpoint.close();
  }

  private void start(Talk talk) {
    Thread thread =
        new Thread(
            () -> {
              try {
                talk.run();
              } catch (IOException e) {
                // the driver or the test is done: what was heard counts
              }
            },
            "golden-peer");
    thread.setDaemon(true);
    thread.start();
  }

  private void talk(InputStream in, OutputStream out) throws IOException {
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      byte[] answer = take(octet);
      out.write(answer);
      out.flush();
    }
  }

  private synchronized byte[] take(int octet) {
    rest.write(octet);
    if (frames.size() == script.size()) {
      return new byte[0];
    }
    Line line = script.get(frames.size());
    if (!Arrays.equals(rest.toByteArray(), bytes(line.request()))) {
      return new byte[0];
    }
    frames.add(hex(rest.toByteArray()));
    rest.reset();
    return bytes(line.answer());
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes);
  }
}
