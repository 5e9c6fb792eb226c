package io.polegate.driver.opcua;

import java.net.URI;

/**
 * Where a server listens.
 *
 * @param text as written
 * @param host name or address, IPv6 addresses in brackets
 * @param port TCP port
 */
record ServerUrl(String text, String host, int port) {
  static final String FORM =
      "a URL like opc.tcp://192.0.2.11:4840 or opc.tcp://plc.local:4840/path";
  private static final int DEFAULT_PORT = 4840;
  private static final int HIGHEST_PORT = 65_535;

  /**
   * Parses the text.
   *
   * @throws IllegalArgumentException if it has not the {@link #FORM}
   */
  static ServerUrl parse(String text) {
    URI uri = URI.create(text);
    int port = uri.getPort() == -1 ? DEFAULT_PORT : uri.getPort();
    if (!"opc.tcp".equals(uri.getScheme())
        || uri.getHost() == null
        || uri.getUserInfo() != null
        || port < 1
        || port > HIGHEST_PORT) {
      throw new IllegalArgumentException();
    }
    return new ServerUrl(text, uri.getHost(), port);
  }
}
