package io.polegate.demo;

import io.moquette.BrokerConstants;
import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;

/** An MQTT broker on the loopback address that forgets everything at its end. */
final class Broker implements AutoCloseable {
  /** More than the longest message of the gateway; the broker's own default is 8 kB. */
  private static final int MESSAGE_BYTES = 1_000_000;

  private final Server server = new Server();

  /**
   * Listens.
   *
   * @param port 0 for any that is free
   * @param folder for files it may want to write
   * @throws IOException if it cannot listen
   */
  Broker(int port, Path folder) throws IOException {
    MemoryConfig config = new MemoryConfig(new Properties());
    config.setProperty(IConfig.HOST_PROPERTY_NAME, "127.0.0.1");
    config.setProperty(IConfig.PORT_PROPERTY_NAME, Integer.toString(port));
    config.setProperty(IConfig.ALLOW_ANONYMOUS_PROPERTY_NAME, "true");
    // mosquitto_pub sends no client id of its own
    config.setProperty(BrokerConstants.ALLOW_ZERO_BYTE_CLIENT_ID_PROPERTY_NAME, "true");
    config.setProperty(IConfig.PERSISTENCE_ENABLED_PROPERTY_NAME, "false");
    config.setProperty(IConfig.DATA_PATH_PROPERTY_NAME, folder.toString());
    config.setProperty(IConfig.ENABLE_TELEMETRY_NAME, "false");
    config.setProperty(IConfig.NETTY_MAX_BYTES_PROPERTY_NAME, Integer.toString(MESSAGE_BYTES));
    server.startServer(config);
  }

  /** Where it listens. */
  int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.stopServer();
  }
}
