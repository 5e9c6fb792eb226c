package io.polegate.driver.modbus;

import com.digitalpetri.modbus.MbapHeader;
import io.polegate.api.data.Bytes;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.FrameTrace;
import io.polegate.api.driver.FrameTrace.Kind;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection with one request in flight. Answers are known by their transaction number;
 * others are skipped. A connection on which a request timed out may be dead without knowing it, so
 * the next request makes a new one.
 */
final class TcpLink implements ModbusLink {
  private static final int HEADER_LENGTH = 7;
  private static final int MAX_PDU_LENGTH = 253;

  private final String host;
  private final int port;
  private final long timeoutNanos;
  private final int connectMillis;
  private final long gapNanos;
  private final LongSupplier nanos;
  private FrameTrace.Listener trace = (kind, frame) -> {};
  private int transaction;
  private long lastFrame;
  private boolean doubtful;
  private volatile boolean wanted;
  private volatile @Nullable Socket connection;

  TcpLink(Settings bus, LongSupplier nanos) throws InvalidSettingException {
    this.host = bus.get(ModbusSettings.HOST);
    this.port = bus.get(ModbusSettings.TCP_PORT);
    this.timeoutNanos = bus.get(ModbusSettings.TCP_TIMEOUT).toNanos();
    this.connectMillis = (int) bus.get(ModbusSettings.CONNECT_TIMEOUT).toMillis();
    this.gapNanos = bus.get(ModbusSettings.TCP_GAP).toNanos();
    this.nanos = nanos;
    this.lastFrame = nanos.getAsLong() - gapNanos;
  }

  @Override
  public void traceTo(FrameTrace.Listener listener) {
    trace = listener;
  }

  @Override
  public void open() throws EndpointDownException {
    if (connection == null) {
      wanted = true;
      connect();
    }
  }

  @Override
  public byte[] exchange(int unit, ModbusRequest request) throws DriverException {
    Socket socket = usable();
    awaitGap(socket);
    transaction = transaction + 1 & 0xFFFF;
    try {
      byte[] frame = frame(unit, request.pdu());
      trace.frame(Kind.SENT, Bytes.of(frame));
      socket.getOutputStream().write(frame);
      return awaitAnswer(socket, unit, request);
    } catch (SocketTimeoutException e) {
      doubtful = true;
      throw new DeviceSilentException("unit " + unit + " did not answer", e);
    } catch (IOException e) {
      drop();
      throw new EndpointDownException("connection to " + peer() + " is lost", e);
    } finally {
      lastFrame = nanos.getAsLong();
    }
  }

  @Override
  public void close() {
    wanted = false;
    drop();
  }

  private Socket usable() throws EndpointDownException {
    Socket socket = connection;
    if (socket == null) {
      throw new EndpointDownException("not connected to " + peer());
    }
    if (!doubtful) {
      return socket;
    }
    drop();
    return connect();
  }

  private Socket connect() throws EndpointDownException {
    Socket socket = new Socket();
    connection = socket; // before connecting, so that close() can end it
    try {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(host, port), connectMillis);
      if (!wanted) {
        throw new IOException("closed meanwhile");
      }
      doubtful = false;
      return socket;
    } catch (IOException e) {
      drop();
      throw new EndpointDownException("cannot connect to " + peer(), e);
    }
  }

  private byte[] awaitAnswer(Socket socket, int unit, ModbusRequest request) throws IOException {
    long deadline = nanos.getAsLong() + timeoutNanos;
    while (true) {
      byte[] head = readFully(socket, HEADER_LENGTH, deadline);
      MbapHeader header = MbapHeader.Serializer.decode(ByteBuffer.wrap(head));
      int length = header.length() - 1;
      if (header.protocolId() != 0 || length < 2 || length > MAX_PDU_LENGTH) {
        throw new IOException("the peer does not speak Modbus: " + Bytes.of(head).toHex());
      }
      byte[] pdu = readFully(socket, length, deadline);
      trace.frame(Kind.ANSWER, Bytes.of(joined(head, pdu)));
      boolean ours = header.transactionId() == transaction && header.unitId() == unit;
      if (ours && answers(pdu, request)) {
        return pdu;
      }
    }
  }

  private static boolean answers(byte[] pdu, ModbusRequest request) {
    return pdu.length == ModbusRequest.REFUSAL_LENGTH
        ? request.refusalStarts(pdu, 0)
        : pdu.length == request.answerLength() && request.answerStarts(pdu, 0);
  }

  private byte[] readFully(Socket socket, int length, long deadline) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] bytes = new byte[length];
    int done = 0;
    while (done < length) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - nanos.getAsLong());
      if (left <= 0) {
        throw new SocketTimeoutException(done + " of " + length + " bytes within the time-out");
      }
      socket.setSoTimeout((int) left);
      int count = in.read(bytes, done, length - done);
      if (count < 0) {
        throw new EOFException("the peer closed the connection");
      }
      done += count;
    }
    return bytes;
  }

  private void awaitGap(Socket socket) throws EndpointDownException {
    long left = gapNanos - (nanos.getAsLong() - lastFrame);
    while (left > 0) {
      if (connection != socket || Thread.currentThread().isInterrupted()) {
        throw new EndpointDownException("connection to " + peer() + " was closed");
      }
      LockSupport.parkNanos(left);
      left = gapNanos - (nanos.getAsLong() - lastFrame);
    }
  }

  private byte[] frame(int unit, byte[] pdu) {
    ByteBuffer frame = ByteBuffer.allocate(HEADER_LENGTH + pdu.length);
    MbapHeader.Serializer.encode(new MbapHeader(transaction, 0, pdu.length + 1, unit), frame);
    return frame.put(pdu).array();
  }

  private void drop() {
    Socket socket = connection;
    connection = null;
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        // the connection is given up either way, and whoever gave it up has said why
      }
    }
  }

  private String peer() {
    return "\"" + host + ":" + port + "\"";
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
