package io.polegate.driver.modbus;

import io.polegate.api.driver.EndpointDownException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection.
 *
 * <p>A connection on which a request timed out may be dead without knowing it, so the next request
 * makes a new one, unless another unit has answered on it last: then only this unit is silent, and
 * its neighbours keep their connection.
 */
final class TcpWire implements Wire {
  private static final int NOBODY = -1;
  private static final int CHUNK = 1024;
  private static final long NANOS_OF_A_MILLI = Duration.ofMillis(1).toNanos();

  private final String host;
  private final int port;
  private final int connectMillis;
  private int lastAnswerer = NOBODY;
  private boolean doubtful;
  private volatile boolean wanted;
  private volatile @Nullable Socket connection;

  TcpWire(String host, int port, Duration connectTimeout) {
    this.host = host;
    this.port = port;
    this.connectMillis = (int) connectTimeout.toMillis();
  }

  @Override
  public void open() throws EndpointDownException {
    if (connection == null) {
      wanted = true;
      connect();
    }
  }

  @Override
  public boolean renew() throws EndpointDownException {
    connected();
    if (!doubtful) {
      return false;
    }
    drop();
    connect();
    return true;
  }

  @Override
  public void write(byte[] bytes) throws EndpointDownException {
    Socket socket = connected();
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  @Override
  public byte[] receive(long atMostNanos) throws EndpointDownException {
    Socket socket = connected();
    byte[] chunk = new byte[CHUNK];
    try {
      InputStream in = socket.getInputStream();
      if (atMostNanos <= 0 && in.available() == 0) {
        return new byte[0];
      }
      // rounded up, because 0 would mean for ever
      socket.setSoTimeout((int) (Math.max(0, atMostNanos) / NANOS_OF_A_MILLI) + 1);
      int count = in.read(chunk);
      if (count < 0) {
        throw new EOFException("the peer closed the connection");
      }
      return Arrays.copyOf(chunk, count);
    } catch (SocketTimeoutException e) {
      return new byte[0];
    } catch (IOException e) {
      throw lost(e);
    }
  }

  @Override
  public void answered(int unit) {
    lastAnswerer = unit;
  }

  @Override
  public void silent(int unit) {
    doubtful = lastAnswerer == unit || lastAnswerer == NOBODY;
  }

  @Override
  public void close() {
    wanted = false;
    drop();
  }

  private Socket connected() throws EndpointDownException {
    Socket socket = connection;
    if (socket == null) {
      throw new EndpointDownException("not connected to " + peer());
    }
    return socket;
  }

  private void connect() throws EndpointDownException {
    Socket socket = new Socket();
    connection = socket; // before connecting, so that close() can end it
    try {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(host, port), connectMillis);
      if (!wanted) {
        throw new IOException("closed meanwhile");
      }
      doubtful = false;
      lastAnswerer = NOBODY;
    } catch (IOException e) {
      drop();
      throw new EndpointDownException("cannot connect to " + peer(), e);
    }
  }

  private EndpointDownException lost(IOException cause) {
    drop();
    return new EndpointDownException("connection to " + peer() + " is lost", cause);
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
}
