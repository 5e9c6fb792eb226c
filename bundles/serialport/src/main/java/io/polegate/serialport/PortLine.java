package io.polegate.serialport;

import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.serial.SerialLine;
import io.polegate.api.serial.SerialParameters;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A hold on a port that may be shared. Thread rule of {@link SerialLine}. */
final class PortLine implements SerialLine {
  private static final long LOOK_NANOS = Duration.ofMillis(1).toNanos();

  private final SystemSerialPorts ports;
  private final SerialParameters parameters;
  private volatile boolean wanted;
  private volatile @Nullable SharedPort held;

  PortLine(SystemSerialPorts ports, SerialParameters parameters) {
    this.ports = ports;
    this.parameters = parameters;
  }

  SerialParameters parameters() {
    return parameters;
  }

  @Override
  public void open() throws EndpointDownException {
    if (held != null && usable().isOpen()) {
      return;
    }
    drop();
    wanted = true;
    SharedPort port = ports.hold(this);
    held = port;
    if (!wanted) {
      drop();
      throw closed();
    }
    port.forgetTurn(this);
    if (!port.turnTo(this)) {
      throw gone(port);
    }
  }

  @Override
  public void write(byte[] bytes) throws EndpointDownException {
    SharedPort port = usable();
    if (!port.turnTo(this) || !port.write(bytes)) {
      throw gone(port);
    }
  }

  @Override
  public byte[] receive(long atMostNanos) throws EndpointDownException {
    long until = System.nanoTime() + atMostNanos;
    while (true) {
      SharedPort port = usable();
      if (!port.turnTo(this)) {
        throw gone(port);
      }
      int available = port.available();
      if (available < 0) {
        throw gone(port);
      }
      long left = until - System.nanoTime();
      if (available > 0) {
        return port.read(available);
      }
      if (left <= 0) {
        return new byte[0];
      }
      if (Thread.currentThread().isInterrupted()) {
        throw closed();
      }
      LockSupport.parkNanos(Math.min(left, LOOK_NANOS));
    }
  }

  @Override
  public void close() {
    wanted = false;
    drop();
  }

  private SharedPort usable() throws EndpointDownException {
    SharedPort port = held;
    if (port == null) {
      throw closed();
    }
    return port;
  }

  private void drop() {
    SharedPort port = held;
    held = null;
    if (port != null) {
      ports.release(port, this);
    }
  }

  private EndpointDownException gone(SharedPort port) {
    if (held != port) {
      return closed();
    }
    String message = "serial port \"" + parameters.port() + "\" is gone, error " + port.error();
    ports.forget(port);
    drop();
    return new EndpointDownException(message);
  }

  private EndpointDownException closed() {
    return new EndpointDownException("serial port \"" + parameters.port() + "\" is not open");
  }
}
