package io.polegate.console;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listener of the event stream. Nobody ever waits for it: messages it does not take in time are
 * queued, and when the queue is full it is dropped (and comes back by itself if it is alive).
 * Thread-safe.
 */
final class StreamClient implements WriteListener, AsyncListener {
  static final int MOST_QUEUED = 16;
  private static final Logger log = LoggerFactory.getLogger(StreamClient.class);

  private final AsyncContext async;
  private final ServletOutputStream out;
  private final Runnable release;
  private final Queue<byte[]> queue = new ArrayDeque<>();
  private boolean writable;
  private boolean unflushed;
  private boolean closed;

  StreamClient(AsyncContext async, ServletOutputStream out, Runnable release) {
    this.async = async;
    this.out = out;
    this.release = release;
  }

  /** Starts listening to the connection; call once, on the request's thread. */
  void start() {
    async.addListener(this);
    out.setWriteListener(this);
  }

  /** Takes a message, or drops the client; never blocks. */
  synchronized void offer(byte[] message) {
    if (closed) {
      return;
    }
    if (queue.size() >= MOST_QUEUED) {
      log.info("stream client too slow, dropped");
      close();
      return;
    }
    queue.add(message);
    if (writable) {
      drain();
    }
  }

  @Override
  public synchronized void onWritePossible() {
    writable = true;
    drain();
  }

  private void drain() {
    try {
      while (!closed && writable) {
        writable = out.isReady();
        if (!writable || !step()) {
          return;
        }
      }
    } catch (IOException e) {
      log.debug("stream client went away", e);
      close();
    }
  }

  /** One operation that may be pending afterwards; says whether there was any. */
  private boolean step() throws IOException {
    byte[] message = queue.poll();
    if (message != null) {
      out.write(message);
      unflushed = true;
    } else if (unflushed) {
      unflushed = false;
      out.flush();
    } else {
      return false;
    }
    return true;
  }

  /** Ends the connection; any time, any number of times. */
  synchronized void close() {
    if (!closed) {
      closed = true;
      queue.clear();
      async.complete();
    }
  }

  synchronized boolean closed() {
    return closed;
  }

  @Override
  public void onError(Throwable cause) {
    log.debug("stream client went away", cause);
    close();
  }

  @Override
  public void onError(AsyncEvent event) {
    close();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    close();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    synchronized (this) {
      closed = true;
    }
    release.run();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // started once, before
  }
}
