package io.polegate.driver.modbus;

import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import io.polegate.serialport.SystemSerialPorts;
import io.polegate.testkit.PseudoTerminal;
import io.polegate.testkit.modbus.Framing;
import io.polegate.testkit.modbus.ModbusRtuLine;
import io.polegate.testkit.modbus.ModbusTcpPeer;
import io.polegate.testkit.modbus.ModbusUnit;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Simulated units on one of the four kinds of bus. */
final class SimulatedBus implements AutoCloseable {
  private final Transport transport;
  private final Path folder;
  private final Map<Integer, ModbusUnit> units;
  private Closeable line = () -> {};
  private @Nullable ModbusTcpPeer peer;
  private int port;
  private Duration acceptDelay = Duration.ZERO;

  /** The four drivers. */
  enum Transport {
    RTU,
    ASCII,
    TCP,
    RTU_TCP;

    boolean onPort() {
      return this == RTU || this == ASCII;
    }

    /** Its driver, on the serial ports of this machine. */
    DriverFactory factory() {
      return switch (this) {
        case RTU -> new ModbusRtu(new SystemSerialPorts());
        case ASCII -> new ModbusAscii(new SystemSerialPorts());
        case TCP -> new ModbusTcp();
        case RTU_TCP -> new ModbusRtuTcp();
      };
    }
  }

  SimulatedBus(Transport transport, Path folder, Map<Integer, ModbusUnit> units)
      throws IOException {
    this.transport = transport;
    this.folder = folder;
    this.units = units;
    plugIn();
  }

  /** Makes it reachable, where it was before. */
  void plugIn() throws IOException {
    if (transport.onPort()) {
      Framing framing = transport == Transport.RTU ? Framing.RTU : Framing.ASCII;
      ModbusRtuLine simulated =
          new ModbusRtuLine(PseudoTerminal.open(folder.resolve("line")), framing, units);
      line = simulated::close;
    } else {
      Framing framing = transport == Transport.TCP ? Framing.MBAP : Framing.RTU;
      ModbusTcpPeer server = new ModbusTcpPeer(port, framing, units);
      server.acceptAfter(acceptDelay);
      port = server.port();
      line = server::close;
      peer = server;
    }
  }

  /** Takes it away. */
  void unplug() throws IOException {
    line.close();
  }

  /** Lets new connections wait; serial lines have none. */
  void acceptAfter(Duration delay) {
    acceptDelay = delay;
    if (peer != null) {
      peer.acceptAfter(delay);
    }
  }

  /** Connections made so far, 0 for lines. */
  int accepted() {
    return peer != null ? peer.accepted() : 0;
  }

  /** Cuts all connections; lines have none. */
  void cutConnections() throws IOException {
    if (peer != null) {
      peer.cutConnections();
    }
  }

  /** Settings that lead to it. */
  Settings settings(String... more) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (transport.onPort()) {
      texts.put("port", folder.resolve("line").toString());
    } else {
      texts.put("host", "127.0.0.1");
      texts.put("port", Integer.toString(port));
    }
    if (transport == Transport.ASCII) {
      // a pseudo-terminal has eight bits and no parity, and now and then refuses anything else
      texts.putAll(Map.of("data-bits", "8", "parity", "none"));
    }
    texts.putAll(ModbusContract.settings(more).texts());
    return new Settings(texts);
  }

  /** A driver for it, not opened. */
  Driver driver(String... more) throws InvalidSettingException {
    return transport.factory().create(settings(more));
  }

  @Override
  public void close() throws IOException {
    unplug();
  }
}
