package io.polegate.testkit.net;

import io.polegate.testkit.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A TCP link from clients to a server on loopback that has the faults of real ones, on command. It
 * knows nothing of what is said over it. Thread-safe.
 */
public final class FaultyLink implements AutoCloseable {
  private static final int BACKLOG = 50;

  private final int port;
  private final int serverPort;
  private final List<LinkedPair> pairs = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private volatile LinkState state = LinkState.GOOD;
  private @Nullable ServerSocket listener;
  private Thread acceptor = new Thread(() -> {});

  /** Links a free port to that of the server, which need not be there yet. */
  public FaultyLink(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.port = Ports.free();
    listen();
  }

  /** The port on 127.0.0.1 that clients connect to. */
  public int port() {
    return port;
  }

  /** What an MQTT client connects to. */
  public String url() {
    return "tcp://127.0.0.1:" + port;
  }

  /** Connections that were accepted so far. */
  public int accepted() {
    return accepted.get();
  }

  /**
   * All is well from now on, also for connecting. A connection of which bytes were dropped stays
   * silent, as after an outage that took the state of a router with it.
   */
  public synchronized void heal() throws IOException {
    state = LinkState.GOOD;
    if (listener == null) {
      listen();
    }
  }

  /** Nobody listens any more; what is connected stays. */
  public synchronized void refuse() throws IOException {
    ServerSocket open = listener;
    if (open != null) {
      open.close();
      join(acceptor); // the kernel goes on accepting until it has left
    }
    listener = null;
  }

  /** Ends all connections at once, in the middle of whatever is said. */
  public void reset() {
    pairs.forEach(LinkedPair::reset);
    pairs.clear();
  }

  /** Accepts everything and drops what goes to the server, to the clients, or both. */
  public void blackHole(boolean toServer, boolean toClient) {
    state = new LinkState(toServer, toClient, 0);
  }

  /** The server sees its connections end; the clients are not told. New ones are well. */
  public void halfOpen() {
    pairs.forEach(LinkedPair::loseServer);
    pairs.clear();
  }

  /** Lets so many bytes a second through, each way and connection. */
  public void slow(int bytesPerSecond) {
    state = new LinkState(false, false, bytesPerSecond);
  }

  /** Resets each present connection when so many more bytes went to the server. */
  public void cutAfter(int bytes) {
    pairs.forEach(pair -> pair.cutAfter(bytes));
  }

  private synchronized void listen() throws IOException {
    ServerSocket open = new ServerSocket();
    open.setReuseAddress(true);
    open.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    listener = open;
    acceptor = LinkedPair.daemon("faulty-link", () -> acceptAll(open));
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void acceptAll(ServerSocket open) {
    while (!open.isClosed()) {
      try {
        accept(open.accept());
      } catch (IOException e) {
        // closed on purpose, or the client went before it was served
      }
    }
  }

  private void accept(Socket client) throws IOException {
    accepted.incrementAndGet();
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
      LinkedPair pair = new LinkedPair(client, server, () -> state);
      pairs.add(pair);
      pair.start();
    } catch (IOException e) {
      // the server is away: the client sees what it would see without us
      LinkedPair.reset(client);
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    refuse();
    pairs.forEach(LinkedPair::reset);
  }
}
