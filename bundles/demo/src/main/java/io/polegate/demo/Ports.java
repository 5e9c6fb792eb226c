package io.polegate.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks for ports on the loopback address. */
final class Ports {
  private Ports() {}

  /**
   * The port itself if nobody listens there; any free one for 0.
   *
   * @param option of the command line, for the message
   * @throws IOException naming the remedy if the port is taken
   */
  static int free(int port, String option) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IOException(
          "port "
              + port
              + " on 127.0.0.1 cannot be used ("
              + e.getMessage()
              + "): stop what listens there or choose another with "
              + option,
          e);
    }
  }
}
