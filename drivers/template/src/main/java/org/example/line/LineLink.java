package org.example.line;

import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.EndpointDownException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The connection. One request at a time, each with its own number, so that an answer that comes too
 * late is never taken for the answer to the next request. {@link #close} may be called from any
 * thread.
 */
final class LineLink {
  private static final int MOST_CHARACTERS = 1_000;

  private final String host;
  private final int port;
  private final Duration timeout;
  private final StringBuilder received = new StringBuilder();
  private volatile Optional<Socket> socket = Optional.empty();
  private long number;

  LineLink(String host, int port, Duration timeout) {
    this.host = host;
    this.port = port;
    this.timeout = timeout;
  }

  /** Connects; does nothing when it is connected. */
  void open() throws EndpointDownException {
    if (socket.isPresent()) {
      return;
    }
    Socket fresh = new Socket();
    socket = Optional.of(fresh); // before connecting, so that close ends that too
    received.setLength(0);
    try {
      fresh.connect(new InetSocketAddress(host, port), (int) timeout.toMillis());
      fresh.setTcpNoDelay(true);
    } catch (IOException e) {
      throw down(e.getMessage(), e);
    }
  }

  /** Sends a request and waits for its answer, no longer than the time-out. */
  LineAnswer exchange(String request) throws DriverException {
    Socket open =
        socket.orElseThrow(
            () -> new EndpointDownException("\"" + host + ":" + port + "\" is not open"));
    number++;
    long start = System.nanoTime();
    try {
      String line = number + " " + request + "\n";
      open.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
      while (true) {
        Optional<LineAnswer> answer = LineAnswer.parse(line(open, start));
        if (answer.isPresent() && answer.get().number() == number) {
          return answer.get();
        }
      }
    } catch (SocketTimeoutException e) {
      throw new DeviceSilentException("no answer to \"" + request + "\"", e);
    } catch (IOException e) {
      throw down(e.getMessage(), e);
    }
  }

  /** The next line; part of one is kept for the next call. */
  private String line(Socket open, long start) throws IOException {
    InputStream in = open.getInputStream();
    while (true) {
      int left = (int) (timeout.toMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
      if (left <= 0) {
        throw new SocketTimeoutException("time is up");
      }
      open.setSoTimeout(left);
      int next = in.read();
      if (next < 0) {
        throw new IOException("the peer closed the connection");
      }
      if (next == '\n') {
        String line = received.toString();
        received.setLength(0);
        return line;
      }
      if (received.length() == MOST_CHARACTERS) {
        throw new IOException("the peer sends no lines");
      }
      received.append((char) next);
    }
  }

  /** Disconnects, and ends a call that waits. */
  void close() {
    Optional<Socket> open = socket;
    socket = Optional.empty();
    if (open.isPresent()) {
      try {
        open.get().close();
      } catch (IOException e) {
        // it is of no use any more either way
      }
    }
  }

  private EndpointDownException down(String why, IOException cause) {
    close();
    return new EndpointDownException("\"" + host + ":" + port + "\": " + why, cause);
  }
}
