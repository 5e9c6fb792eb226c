package io.polegate.testkit.modbus;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Modbus TCP server on the loopback address with several simulated units and any number of
 * connections, one thread each. A unit that does not exist gets no answer.
 */
public final class ModbusTcpPeer implements AutoCloseable {
  private static final int MAX_LENGTH = 254;

  private final Map<Integer, ModbusUnit> units;
  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private volatile Duration acceptDelay = Duration.ZERO;

  /**
   * Starts to answer.
   *
   * @param port 0 for any that is free
   * @throws IOException if the port is taken
   */
  public ModbusTcpPeer(int port, Map<Integer, ModbusUnit> units) throws IOException {
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
      Threads.endOfWork(e);
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Thread.sleep(acceptDelay.toMillis());
      DataInputStream in = new DataInputStream(socket.getInputStream());
      while (true) {
        byte[] header = in.readNBytes(7);
        if (header.length < 7) {
          return;
        }
        int length = ByteBuffer.wrap(header).getShort(4) & 0xFFFF;
        if (length < 6 || length > MAX_LENGTH) {
          return;
        }
        byte[] pdu = new byte[length - 1];
        in.readFully(pdu);
        answer(socket, header, pdu);
      }
    } catch (IOException e) {
      Threads.endOfWork(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(socket);
      threads.remove(Thread.currentThread());
    }
  }

  private void answer(Socket socket, byte[] header, byte[] pdu)
      throws IOException, InterruptedException {
    ModbusUnit unit = units.get(header[6] & 0xFF);
    if (unit == null) {
      return;
    }
    byte[] reply = unit.answer(pdu);
    Fault fault = unit.nextFault();
    Thread.sleep(fault.delay().toMillis());
    if (fault.kind() == Fault.Kind.RESET) {
      reset(socket);
      return;
    }
    for (byte[] frame : shape(header, reply, fault)) {
      socket.getOutputStream().write(frame);
    }
    if (fault.kind() == Fault.Kind.HALF_FRAME) {
      socket.close();
    }
  }

  private static List<byte[]> shape(byte[] header, byte[] pdu, Fault fault) {
    int transaction = ByteBuffer.wrap(header).getShort(0);
    int unit = header[6];
    byte[] good = frame(transaction, unit, pdu);
    return switch (fault.kind()) {
      case NONE, DELAY -> List.of(good);
      case SILENCE, RESET -> List.of();
      case CORRUPT -> List.of(frame(transaction + 1000, unit, pdu));
      case WRONG_UNIT -> List.of(frame(transaction, unit + 1, pdu));
      case DUPLICATE -> List.of(good, good);
      case NOISE -> throw new IllegalArgumentException("a connection has no noise");
      case EXCEPTION ->
          List.of(
              frame(transaction, unit, new byte[] {(byte) (pdu[0] | 0x80), (byte) fault.code()}));
      case HALF_FRAME -> List.of(Arrays.copyOf(good, good.length / 2));
    };
  }

  private static byte[] frame(int transaction, int unit, byte[] pdu) {
    return ByteBuffer.allocate(7 + pdu.length)
        .putShort((short) transaction)
        .putShort((short) 0)
        .putShort((short) (pdu.length + 1))
        .put((byte) unit)
        .put(pdu)
        .array();
  }

  /** Ends a connection without the polite farewell. */
  private static void reset(Socket socket) throws IOException {
    if (!socket.isClosed()) {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
