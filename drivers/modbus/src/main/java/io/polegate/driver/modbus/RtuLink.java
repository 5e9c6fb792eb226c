package io.polegate.driver.modbus;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import io.polegate.api.data.Bytes;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.FrameTrace;
import io.polegate.api.driver.FrameTrace.Kind;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import io.polegate.driver.modbus.ModbusSettings.Parity;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A serial line with one request in flight.
 *
 * <p>What comes late must never become a value. So the line has to be silent for the gap before
 * each request, what came meanwhile is thrown away, and a unit that let a request time out is asked
 * again only when its late answer has had another time-out to come.
 */
final class RtuLink implements ModbusLink {
  private static final int KEPT_BYTES = 1024;
  private static final long LOOK_NANOS = Duration.ofMillis(1).toNanos();
  private static final int UNITS = 256;

  private final String name;
  private final int baud;
  private final int stopBits;
  private final int parity;
  private final long timeoutNanos;
  private final long characterNanos;
  private final long gapNanos;
  private final LongSupplier nanos;
  private final long[] answerOwedUntil = new long[UNITS];
  private long busyUntil;
  private FrameTrace.Listener trace = (kind, frame) -> {};
  private volatile boolean wanted;
  private volatile @Nullable SerialPort opened;

  RtuLink(Settings bus, LongSupplier nanos) throws InvalidSettingException {
    this.name = bus.get(ModbusSettings.SERIAL_PORT);
    this.baud = bus.get(ModbusSettings.BAUD);
    this.stopBits = bus.get(ModbusSettings.STOP_BITS);
    this.parity = parity(bus.get(ModbusSettings.PARITY));
    this.timeoutNanos = bus.get(ModbusSettings.LINE_TIMEOUT).toNanos();
    int bits = 9 + stopBits + (parity == SerialPort.NO_PARITY ? 0 : 1);
    this.characterNanos = bits * 1_000_000_000L / baud;
    this.gapNanos = Math.max(bus.get(ModbusSettings.LINE_GAP).toNanos(), characterNanos * 7 / 2);
    this.nanos = nanos;
    Arrays.fill(answerOwedUntil, nanos.getAsLong());
  }

  @Override
  public void traceTo(FrameTrace.Listener listener) {
    trace = listener;
  }

  @Override
  public void open() throws EndpointDownException {
    if (opened != null) {
      return;
    }
    wanted = true;
    try {
      SerialPort port = SerialPort.getCommPort(name);
      port.setComPortParameters(baud, 8, stopBits, parity);
      port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
      port.setComPortTimeouts(SerialPort.TIMEOUT_NONBLOCKING, 0, 0);
      if (!port.openPort()) {
        throw new EndpointDownException(
            "cannot open serial port \"" + name + "\", error " + port.getLastErrorCode());
      }
      busyUntil = nanos.getAsLong();
      opened = port;
      if (!wanted) {
        throw gone(port);
      }
    } catch (SerialPortInvalidPortException e) {
      throw new EndpointDownException("no serial port \"" + name + "\"", e);
    }
  }

  @Override
  public byte[] exchange(int unit, ModbusRequest request) throws DriverException {
    SerialPort port = opened;
    if (port == null) {
      throw new EndpointDownException("serial port \"" + name + "\" is not open");
    }
    awaitSilence(port, unit);
    byte[] frame = RtuFrame.of(unit, request.pdu());
    trace.frame(Kind.SENT, Bytes.of(frame));
    if (port.writeBytes(frame, frame.length) != frame.length) {
      throw gone(port);
    }
    int characters = frame.length + request.answerLength() + RtuFrame.OVERHEAD;
    long deadline = nanos.getAsLong() + timeoutNanos + characters * characterNanos;
    return awaitAnswer(port, unit, request, deadline);
  }

  @Override
  public void close() {
    wanted = false;
    drop();
  }

  private byte[] awaitAnswer(SerialPort port, int unit, ModbusRequest request, long deadline)
      throws DriverException {
    byte[] received = new byte[0];
    while (true) {
      byte[] more = take(port);
      if (more.length > 0) {
        received = joined(received, more);
        var answer = RtuFrame.find(received, unit, request);
        if (answer.isPresent()) {
          trace.frame(Kind.ANSWER, Bytes.of(received));
          return answer.get();
        }
      } else if (nanos.getAsLong() - deadline >= 0) {
        answerOwedUntil[unit] = nanos.getAsLong() + timeoutNanos;
        busyUntil = nanos.getAsLong();
        throw silent(unit, received);
      } else {
        pause(port);
      }
    }
  }

  private DeviceSilentException silent(int unit, byte[] received) {
    if (received.length == 0) {
      return new DeviceSilentException("unit " + unit + " did not answer");
    }
    Bytes bytes = Bytes.of(received);
    trace.frame(Kind.ANSWER, bytes);
    return new DeviceSilentException(
        "unit " + unit + " gave no intact answer, only " + bytes.size() + " bytes");
  }

  /** Throws away what comes until the line is silent. */
  private void awaitSilence(SerialPort port, int unit) throws DriverException {
    long patience = nanos.getAsLong() + timeoutNanos + gapNanos;
    while (nanos.getAsLong() - busyUntil < gapNanos
        || nanos.getAsLong() - answerOwedUntil[unit] < 0) {
      take(port);
      if (nanos.getAsLong() - patience > 0) {
        throw new DeviceSilentException(
            "unit " + unit + " was not asked: \"" + name + "\" does not fall silent");
      }
      pause(port);
    }
    port.flushIOBuffers();
  }

  /** What has come, without waiting. */
  private byte[] take(SerialPort port) throws EndpointDownException {
    int available = port.bytesAvailable();
    if (available == 0) {
      return new byte[0];
    }
    byte[] bytes = new byte[Math.min(Math.max(available, 1), KEPT_BYTES)];
    int count = available < 0 ? available : port.readBytes(bytes, bytes.length);
    if (count < 0) {
      throw gone(port);
    }
    busyUntil = nanos.getAsLong();
    return Arrays.copyOf(bytes, count);
  }

  private void pause(SerialPort port) throws EndpointDownException {
    if (opened != port || Thread.currentThread().isInterrupted()) {
      throw new EndpointDownException("serial port \"" + name + "\" was closed");
    }
    LockSupport.parkNanos(LOOK_NANOS);
  }

  private EndpointDownException gone(SerialPort port) {
    drop();
    return new EndpointDownException(
        "serial port \"" + name + "\" is gone, error " + port.getLastErrorCode());
  }

  private void drop() {
    SerialPort port = opened;
    opened = null;
    if (port != null) {
      port.closePort();
    }
  }

  /** Everything, or the last bytes of it if a line babbles. */
  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return Arrays.copyOfRange(all, Math.max(0, all.length - KEPT_BYTES), all.length);
  }

  private static int parity(Parity parity) {
    return switch (parity) {
      case NONE -> SerialPort.NO_PARITY;
      case EVEN -> SerialPort.EVEN_PARITY;
      case ODD -> SerialPort.ODD_PARITY;
    };
  }
}
