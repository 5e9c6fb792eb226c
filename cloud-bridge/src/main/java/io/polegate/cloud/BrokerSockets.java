package io.polegate.cloud;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the socket of one session and can end it at any time, also while it is being connected:
 * Paho alone would wait for its own time-outs. Thread-safe.
 */
final class BrokerSockets extends SocketFactory {
  private final Layer layer;
  private boolean closed;
  private Socket last = new Socket();

  /** What lies between the connection and MQTT. */
  @FunctionalInterface
  interface Layer {
    /** None. */
    Layer PLAIN = connected -> connected;

    /** Agrees with the broker on it; returns the socket to talk through. */
    Socket over(Socket connected) throws IOException;
  }

  BrokerSockets(Layer layer) {
    this.layer = layer;
  }

  @Override
  public synchronized Socket createSocket() throws IOException {
    if (closed) {
      throw new IOException("the session was closed");
    }
    last = new LimitedSocket(layer);
    return last;
  }

  /** Ends the connection and makes no new one. */
  synchronized void close() throws IOException {
    closed = true;
    last.close();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException("connects later");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException("connects later");
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException("connects later");
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException("connects later");
  }

  /**
   * Bounds what the broker can make us hold, and fails late. Paho takes it for a plain socket: the
   * bound is on what comes out of the layer, and closing closes the connection below, which waits
   * for nobody.
   */
  private static final class LimitedSocket extends Socket {
    private final LateFailure failure = new LateFailure();
    private final Socket connection = new LateWrites();
    private final Layer layer;
    private volatile @Nullable InputStream in;
    private volatile @Nullable OutputStream out;

    private LimitedSocket(Layer layer) {
      this.layer = layer;
    }

    @Override
    public void connect(SocketAddress broker, int timeoutMillis) throws IOException {
      connection.connect(broker, timeoutMillis);
      connection.setSoTimeout(timeoutMillis);
      Socket line = layer.over(connection);
      // at once: a broker may end it before the client asks for them, and the reason be lost
      in = new PacketLimit(failure.input(line.getInputStream()));
      out = failure.output(line.getOutputStream());
    }

    @Override
    public synchronized void setSoTimeout(int millis) throws SocketException {
      connection.setSoTimeout(millis);
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return connected(in);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return connected(out);
    }

    private static <T> T connected(@Nullable T stream) throws IOException {
      if (stream == null) {
        throw new SocketException("not connected");
      }
      return stream;
    }

    @Override
    public synchronized void close() throws IOException {
      connection.close();
    }
  }
}
