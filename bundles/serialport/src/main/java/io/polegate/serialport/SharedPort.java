package io.polegate.serialport;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.serial.SerialParameters;
import io.polegate.api.serial.SerialParameters.Direction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * A port that is open, and whose turn it is on it. Its users talk on one thread; {@link #close} may
 * come from any.
 */
final class SharedPort {
  private final String name;
  private final SerialPort port;
  private final Set<PortLine> users = new HashSet<>();
  private SerialParameters set;

  private SharedPort(String name, SerialPort port, SerialParameters set) {
    this.name = name;
    this.port = port;
    this.set = set;
  }

  /**
   * Opens a port.
   *
   * @param name as its users write it
   * @throws EndpointDownException if it cannot be had
   */
  static SharedPort open(String name, Path device, SerialParameters parameters)
      throws EndpointDownException {
    try {
      SerialPort port = SerialPort.getCommPort(device.toString());
      port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
      port.setComPortTimeouts(SerialPort.TIMEOUT_NONBLOCKING, 0, 0);
      configure(port, parameters);
      if (!port.openPort()) {
        throw new EndpointDownException(
            "cannot open serial port \"" + name + "\", error " + port.getLastErrorCode());
      }
      return new SharedPort(name, port, parameters);
    } catch (SerialPortInvalidPortException e) {
      throw new EndpointDownException("no serial port \"" + name + "\"", e);
    }
  }

  String name() {
    return name;
  }

  /** Who holds it; guarded by {@link SystemSerialPorts}. */
  Set<PortLine> users() {
    return users;
  }

  boolean isOpen() {
    return port.isOpen();
  }

  /**
   * Sets the line's parameters if another one had its turn before, and throws away what that one
   * left. False if the port does not take them.
   */
  boolean turnTo(PortLine line) {
    SerialParameters wanted = line.parameters();
    if (wanted.equals(set)) {
      return true;
    }
    if (!configure(port, wanted)) {
      return false;
    }
    set = wanted;
    return port.flushIOBuffers();
  }

  boolean write(byte[] bytes) {
    return port.writeBytes(bytes, bytes.length) == bytes.length;
  }

  /** Bytes that have come; negative if the port is gone. */
  int available() {
    return port.bytesAvailable();
  }

  byte[] read(int available) {
    byte[] bytes = new byte[available];
    int count = port.readBytes(bytes, available);
    return Arrays.copyOf(bytes, Math.max(0, count));
  }

  int error() {
    return port.getLastErrorCode();
  }

  void close() {
    port.closePort();
  }

  private static boolean configure(SerialPort port, SerialParameters parameters) {
    boolean set =
        port.setComPortParameters(
            parameters.baud(),
            parameters.dataBits(),
            parameters.stopBits() == 2 ? SerialPort.TWO_STOP_BITS : SerialPort.ONE_STOP_BIT,
            switch (parameters.parity()) {
              case NONE -> SerialPort.NO_PARITY;
              case EVEN -> SerialPort.EVEN_PARITY;
              case ODD -> SerialPort.ODD_PARITY;
            });
    boolean switched =
        port.setRs485ModeParameters(
            parameters.direction() != Direction.HARDWARE,
            parameters.direction() == Direction.RTS_HIGH,
            micros(parameters.beforeSending()),
            micros(parameters.afterSending()));
    return set && switched;
  }

  private static int micros(Duration time) {
    return Math.toIntExact(time.toNanos() / 1_000);
  }
}
