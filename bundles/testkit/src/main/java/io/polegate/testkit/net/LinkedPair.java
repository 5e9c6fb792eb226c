package io.polegate.testkit.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** One connection of a link: a socket on either side and a thread for each direction. */
final class LinkedPair {
  private static final int BUFFER = 8192;
  private static final int SLICES_PER_SECOND = 20;

  private final Socket client;
  private final Socket server;
  private final Supplier<LinkState> state;
  private final AtomicLong bytesToCut = new AtomicLong(Long.MAX_VALUE);

  /** Bytes are missing, so nothing that comes after them may pass. */
  private volatile boolean toServerDead;

  private volatile boolean toClientDead;
  private volatile boolean serverLost;

  LinkedPair(Socket client, Socket server, Supplier<LinkState> state) {
    this.client = client;
    this.server = server;
    this.state = state;
  }

  void start() {
    daemon("faulty-link-up", () -> copy(true));
    daemon("faulty-link-down", () -> copy(false));
  }

  void cutAfter(int bytes) {
    bytesToCut.set(bytes);
  }

  /** Ends the server's side only. */
  void loseServer() {
    serverLost = true;
    toServerDead = true;
    toClientDead = true;
    reset(server);
  }

  void reset() {
    reset(client);
    reset(server);
  }

  private void copy(boolean up) {
    try {
      InputStream in = (up ? client : server).getInputStream();
      OutputStream out = (up ? server : client).getOutputStream();
      byte[] buffer = new byte[BUFFER];
      int count = in.read(buffer);
      while (count >= 0) {
        int passed = 0;
        while (passed < count) {
          int slice = Math.min(count - passed, slice());
          pass(buffer, passed, slice, up, out);
          passed += slice;
        }
        count = in.read(buffer);
      }
      end(up);
    } catch (IOException e) {
      end(up);
    }
  }

  private void pass(byte[] buffer, int from, int count, boolean up, OutputStream out)
      throws IOException {
    LinkState now = state.get();
    if (up) {
      toServerDead |= now.dropsToServer();
    } else {
      toClientDead |= now.dropsToClient();
    }
    if (up ? toServerDead : toClientDead) {
      return;
    }
    long left = up ? bytesToCut.addAndGet(-count) : Long.MAX_VALUE;
    out.write(buffer, from, left >= 0 ? count : (int) Math.max(0, count + left));
    if (left <= 0) {
      reset();
    }
    if (now.bytesPerSecond() > 0) {
      pause(1000L * count / now.bytesPerSecond());
    }
  }

  private int slice() {
    int perSecond = state.get().bytesPerSecond();
    return perSecond == 0 ? BUFFER : Math.min(BUFFER, Math.max(1, perSecond / SLICES_PER_SECOND));
  }

  /** One side ended: the other hears of it, unless the link keeps it to itself. */
  private void end(boolean byClient) {
    boolean silent = byClient ? toServerDead && !serverLost : toClientDead || serverLost;
    if (!silent) {
      reset();
    }
  }

  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // ended already
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
