package io.polegate.driver.opcua;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP connection between client and server that can be cut, torn out or made to hang. */
final class Cable implements AutoCloseable {
  private final ServerSocket entrance;
  private final int port;
  private final AtomicInteger made = new AtomicInteger();
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private volatile boolean out;
  private volatile boolean hanging;

  /** Leads to a port on loopback. */
  Cable(int port) throws IOException {
    this.port = port;
    entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** Where a client connects. */
  int entrance() {
    return entrance.getLocalPort();
  }

  /** Connections so far. */
  int connections() {
    return made.get();
  }

  /** Breaks all connections; new ones work. */
  void cut() throws IOException {
    for (Socket end : List.copyOf(ends)) {
      ends.remove(end);
      end.close();
    }
  }

  /** Breaks all connections; new ones break at once. */
  void tearOut() throws IOException {
    out = true;
    cut();
  }

  /** New connections work again. */
  void plugIn() {
    out = false;
  }

  /** Nothing arrives any more, and nobody is told. */
  void hang() {
    hanging = true;
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    cut();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = entrance.accept();
        if (out) {
          client.close();
          continue;
        }
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        made.incrementAndGet();
        ends.add(client);
        ends.add(server);
        start(() -> pump(client, server));
        start(() -> pump(server, client));
      }
    } catch (IOException e) {
      if (!entrance.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] bytes = new byte[8192];
    try (from;
        to;
        InputStream in = from.getInputStream()) {
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        if (!hanging) {
          to.getOutputStream().write(bytes, 0, count);
        }
      }
    } catch (IOException e) {
      // it was cut, which is what it is for
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "simulated-cable");
    thread.setDaemon(true);
    thread.start();
  }
}
