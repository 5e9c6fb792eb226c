package io.polegate.cloud;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes each MQTT 3.1.1 CONNECT apart, refuses the session, and keeps what was asked for. */
final class ConnectPackets implements AutoCloseable {
  private static final byte[] NOT_AUTHORISED = {0x20, 2, 0, 5};

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Connect> seen = new CopyOnWriteArrayList<>();

  /**
   * What a client asked for.
   *
   * @param flags the byte of connect flags
   * @param will payload of the last will as ISO 8859-1
   */
  record Connect(int level, int flags, String client, String willTopic, String will) {
    boolean cleanSession() {
      return (flags & 0x02) != 0;
    }

    boolean hasWill() {
      return (flags & 0x04) != 0;
    }

    int willQos() {
      return (flags >> 3) & 3;
    }

    boolean willRetained() {
      return (flags & 0x20) != 0;
    }
  }

  ConnectPackets() throws IOException {
    Thread thread = new Thread(this::serve, "connect-packets");
    thread.setDaemon(true);
    thread.start();
  }

  String url() {
    return "tcp://127.0.0.1:" + server.getLocalPort();
  }

  List<Connect> seen() {
    return seen;
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept();
          DataInputStream in = new DataInputStream(socket.getInputStream());
          OutputStream out = socket.getOutputStream()) {
        seen.add(read(in));
        out.write(NOT_AUTHORISED);
      } catch (IOException e) {
        // the test closed the server, or the client went
      }
    }
  }

  private static Connect read(DataInputStream in) throws IOException {
    int type = in.readUnsignedByte();
    if (type != 0x10) {
      throw new IOException("no CONNECT: " + type);
    }
    int length = in.readUnsignedByte();
    while (length >= 0x80) {
      length = in.readUnsignedByte();
    }
    String protocol = text(in);
    int level = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int keepAlive = in.readUnsignedShort();
    if (!protocol.equals("MQTT") || keepAlive == 0) {
      throw new IOException("not as expected: " + protocol + " " + keepAlive);
    }
    return new Connect(level, flags, text(in), text(in), text(in));
  }

  private static String text(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readUnsignedShort()];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
