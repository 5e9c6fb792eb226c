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
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A port that is open, and whose turn it is on it. Its users talk on one thread; {@link #close} may
 * come from any.
 */
final class SharedPort {
  private static final long PEACE_NANOS = Duration.ofMillis(10).toNanos();

  private final String name;
  private final SerialPort port;
  private final Set<PortLine> users = new HashSet<>();
  private @Nullable PortLine turn;

  private SharedPort(String name, SerialPort port) {
    this.name = name;
    this.port = port;
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
      return new SharedPort(name, port);
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
   * Gives the turn to a line. If another one had it, the port takes this one's parameters, what the
   * other left is thrown away, and the wire is left in peace for a moment: devices tell frames
   * apart by silence, and this line does not know when the other one spoke. False if the port is
   * gone.
   */
  boolean turnTo(PortLine line) {
    PortLine before = turn;
    turn = line;
    if (before == line) {
      return true;
    }
    if (before != null) {
      LockSupport.parkNanos(Math.max(PEACE_NANOS, 4 * before.parameters().characterNanos()));
    }
    return configure(port, line.parameters()) && port.flushIOBuffers();
  }

  /** A line that is opened anew gets its turn anew: what came while it was closed is not for it. */
  void forgetTurn(PortLine line) {
    if (turn == line) {
      turn = null;
    }
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
