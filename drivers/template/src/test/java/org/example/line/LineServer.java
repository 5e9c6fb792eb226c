package org.example.line;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A peer as it stands in the field: station {@code mute} never answers, {@code late} answers each
 * request only when the next one comes, {@code odd} answers no number.
 */
public final class LineServer implements AutoCloseable {
  final Map<String, String> values = new ConcurrentHashMap<>();
  final AtomicInteger muted = new AtomicInteger();
  private final ServerSocket server;
  private final List<Socket> clients = new CopyOnWriteArrayList<>();
  private final List<String> held = new CopyOnWriteArrayList<>();
  private final Thread accepting;

  /** Listens on a port; 0 for any. */
  public LineServer(int port) throws IOException {
    server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    accepting = run("simulated-line", this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Stands in for the device outside of the tests: {@code LineServer PORT station/name=value}. */
  public static void main(String... words) throws IOException {
    @SuppressWarnings("resource") // until the process is ended
    LineServer server = new LineServer(Integer.parseInt(words[0]));
    for (String word : List.of(words).subList(1, words.length)) {
      server.values.put(word.split("=", 2)[0], word.split("=", 2)[1]);
    }
    System.out.println("listening on " + server.port());
  }

  private interface Work {
    void run() throws IOException;
  }

  private static Thread run(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // closed
              }
            },
            name);
    thread.start();
    return thread;
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = server.accept();
      clients.add(client);
      run("simulated-line-client", () -> serve(client));
    }
  }

  private void serve(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    OutputStream out = client.getOutputStream();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", 4);
      String station = words[2].split("/", 2)[0];
      String answer = words[0] + answer(words) + "\n";
      if (station.equals("mute")) {
        muted.incrementAndGet();
      } else if (station.equals("late")) {
        held.add(answer);
      } else {
        held.add(answer);
        out.write(String.join("", held).getBytes(StandardCharsets.US_ASCII));
        held.clear();
      }
    }
  }

  private String answer(String... words) {
    String value = values.get(words[2]);
    if (value == null) {
      return " ! there is no " + words[2];
    }
    if (words[1].equals("WRITE")) {
      if (Double.parseDouble(words[3]) > 1_000) {
        return " ! is more than 1000";
      }
      values.put(words[2], words[3]);
    }
    return " = " + values.get(words[2]);
  }

  @Override
  public void close() throws IOException {
    server.close();
    try {
      accepting.join(); // until then it may still let somebody in
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Socket client : clients) {
      client.close();
    }
  }
}
