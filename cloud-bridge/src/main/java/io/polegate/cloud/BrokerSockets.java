package io.polegate.cloud;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Makes the socket of one session and can end it at any time, also while it is being connected:
 * Paho alone would wait for its own time-outs. Thread-safe.
 */
final class BrokerSockets extends SocketFactory {
  private boolean closed;
  private Socket last = new Socket();

  @Override
  public synchronized Socket createSocket() throws IOException {
    if (closed) {
      throw new IOException("the session was closed");
    }
    last = new LimitedSocket();
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

  /** A plain socket that bounds what the broker can make us hold, and fails late. */
  private static final class LimitedSocket extends Socket {
    private final LateFailure failure = new LateFailure();

    @Override
    public InputStream getInputStream() throws IOException {
      return new PacketLimit(failure.input(super.getInputStream()));
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return failure.output(super.getOutputStream());
    }
  }
}
