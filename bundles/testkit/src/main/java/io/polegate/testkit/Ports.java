package io.polegate.testkit;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports on loopback. */
public final class Ports {
  private static final int LOWEST = 15_000;
  private static final int HIGHEST = 32_000;
  private static final int MILLIS_TO_CONNECT = 200;

  private Ports() {}

  /**
   * A port that nobody uses at the moment, outside the range of outgoing connections: on loopback,
   * a client that tries a closed port of that range long enough connects to itself and keeps the
   * server out.
   */
  public static int free() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // taken: try another
      }
    }
  }

  /** Whether somebody listens there. */
  public static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MILLIS_TO_CONNECT);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
