package io.polegate.testkit.modbus;

import io.polegate.testkit.Pace;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on the loopback address with several simulated units and any number of connections, one
 * thread each; Modbus TCP unless said otherwise. A unit that does not exist gets no answer.
 */
public final class ModbusTcpPeer implements AutoCloseable {
  private final Framing framing;
  private final Map<Integer, ModbusUnit> units;
  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private volatile Duration acceptDelay = Duration.ZERO;
  private volatile Pace pace = Pace.NONE;

  /**
   * Starts to answer.
   *
   * @param port 0 for any that is free
   * @throws IOException if the port is taken
   */
  public ModbusTcpPeer(int port, Map<Integer, ModbusUnit> units) throws IOException {
    this(port, Framing.MBAP, units);
  }

  /**
   * Starts to answer in this framing: with {@link Framing#RTU} it is a serial server with units on
   * its line.
   *
   * @param port 0 for any that is free
   * @throws IOException if the port is taken
   */
  public ModbusTcpPeer(int port, Framing framing, Map<Integer, ModbusUnit> units)
      throws IOException {
    this.framing = framing;
    this.units = Map.copyOf(units);
    this.server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    start(this::accept, "simulated-peer-" + port());
  }

  /** Where it listens. */
  public int port() {
    return server.getLocalPort();
  }

  /** Connections that were made so far. */
  public int accepted() {
    return accepted.get();
  }

  /** Lets new connections wait before their first request is looked at. */
  public void acceptAfter(Duration delay) {
    acceptDelay = delay;
  }

  /** Lets answers on new connections take as long as on a real network and wire. */
  public void answerAt(Pace real) {
    pace = real;
  }

  /** Cuts all connections; new ones are welcome. */
  public void cutConnections() throws IOException {
    for (Socket socket : sockets) {
      reset(socket);
    }
  }

  /** Stops listening, cuts all connections and waits for the threads. */
  @Override
  public void close() throws IOException {
    server.close();
    cutConnections();
    threads.forEach(Threads::end);
  }

  private void start(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        accepted.incrementAndGet();
        sockets.add(socket);
        if (server.isClosed()) {
          reset(socket); // close() may have looked at the connections before this one came
        }
        start(() -> serve(socket), "simulated-connection-" + socket.getPort());
      }
    } catch (IOException e) {
      // closed: the end of accepting
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Thread.sleep(acceptDelay.toMillis());
      Conversation conversation = new Conversation(framing, units, socket.getOutputStream(), pace);
      InputStream in = socket.getInputStream();
      byte[] chunk = new byte[512];
      Conversation.End end = Conversation.End.NONE;
      while (end == Conversation.End.NONE) {
        int count = in.read(chunk);
        if (count < 0) {
          return;
        }
        end = conversation.take(chunk, count);
      }
      if (end == Conversation.End.RESET) {
        reset(socket);
      }
    } catch (IOException e) {
      // closed while answering: nobody is left to hear it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(socket);
      threads.remove(Thread.currentThread());
    }
  }

  /** Ends a connection without the polite farewell. */
  private static void reset(Socket socket) throws IOException {
    try (socket) {
      socket.setSoLinger(true, 0);
    } catch (SocketException e) {
      // the client went first and its thread has closed the socket
    }
  }
}
