package io.polegate.cloud;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A line to the broker that can misbehave: swallow acknowledgements, swallow all, break. */
final class FaultyLine implements AutoCloseable {
  /** What the line does. */
  enum Mode {
    PASS,
    SWALLOW_PUBACK,
    BLACK_HOLE,
    REFUSE
  }

  private static final int PUBACK = 4;

  private final ServerSocket server;
  private final int brokerPort;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private volatile Mode mode = Mode.PASS;

  FaultyLine(int brokerPort) throws IOException {
    this.brokerPort = brokerPort;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::acceptAll);
  }

  String url() {
    return "tcp://127.0.0.1:" + server.getLocalPort();
  }

  void mode(Mode mode) {
    this.mode = mode;
  }

  /** Connections so far. */
  int accepted() {
    return accepted.get();
  }

  /** Breaks what is connected now, without a word of MQTT. */
  void breakNow() {
    for (Socket socket : sockets) {
      try {
        socket.setSoLinger(true, 0);
        socket.close();
      } catch (IOException e) {
        // broken already
      }
    }
    sockets.clear();
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        accepted.incrementAndGet();
        if (mode == Mode.REFUSE) {
          client.close();
          continue;
        }
        Socket broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort);
        sockets.add(client);
        sockets.add(broker);
        daemon(() -> copy(client, broker, false));
        daemon(() -> copy(broker, client, true));
      } catch (IOException e) {
        // the broker is away or the test is over: the caller sees a closed connection
      }
    }
  }

  private void copy(Socket from, Socket to, boolean fromBroker) {
    try (from;
        to) {
      DataInputStream in = new DataInputStream(from.getInputStream());
      OutputStream out = to.getOutputStream();
      while (true) {
        byte[] packet = packet(in);
        boolean swallow =
            mode == Mode.BLACK_HOLE
                || (mode == Mode.SWALLOW_PUBACK && fromBroker && (packet[0] & 0xff) >> 4 == PUBACK);
        if (!swallow) {
          out.write(packet);
        }
      }
    } catch (IOException e) {
      // one side is gone, so is the other now
    }
  }

  private static byte[] packet(DataInputStream in) throws IOException {
    byte[] header = new byte[5];
    header[0] = in.readByte();
    int length = 0;
    int count = 1;
    do {
      header[count] = in.readByte();
      length |= (header[count] & 0x7f) << (7 * (count - 1));
    } while ((header[count++] & 0x80) != 0);
    byte[] packet = new byte[count + length];
    System.arraycopy(header, 0, packet, 0, count);
    in.readFully(packet, count, length);
    return packet;
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "faulty-line");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    breakNow();
  }
}
