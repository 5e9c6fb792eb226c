package io.polegate.testkit;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A serial line without hardware: a pair of connected ends of which one looks like a serial port.
 * The program under test opens {@link #port()}; a simulator uses the streams. Linux only.
 *
 * <p>{@link #close()} may come from any thread and ends a blocked read; to the program under test
 * it is a pulled cable.
 */
public final class PseudoTerminal implements AutoCloseable {
  private static final int TERMIOS_BYTES = 128;
  private static final int POLL_FD_BYTES = 8;
  private static final int CLOSE_CHECK_MILLIS = 20;

  private final int master;
  private final int slave;
  private final Path device;
  private final Path port;
  private boolean closed;

  private PseudoTerminal(int master, int slave, Path device, Path port) {
    this.master = master;
    this.slave = slave;
    this.device = device;
    this.port = port;
  }

  /**
   * Opens a pair whose port has the name that the system gives.
   *
   * @throws IOException if the system has no more
   */
  public static PseudoTerminal open() throws IOException {
    int master = check("posix_openpt", LibC.C.posix_openpt(LibC.O_RDWR | LibC.O_NOCTTY));
    try {
      check("grantpt", LibC.C.grantpt(master));
      check("unlockpt", LibC.C.unlockpt(master));
      byte[] name = new byte[128];
      check("ptsname_r", LibC.C.ptsname_r(master, name, new NativeLong(name.length)));
      String path = Native.toString(name);
      // held open all the time: keeps the raw mode and lets the master's reads block
      int slave = check("open", LibC.C.open(path, LibC.O_RDWR | LibC.O_NOCTTY));
      makeRaw(slave);
      Path device = Path.of(path);
      return new PseudoTerminal(master, slave, device, device);
    } catch (IOException e) {
      LibC.C.close(master);
      throw e;
    }
  }

  /**
   * As {@link #open()}, and lets a symbolic link point to the port, so that it has the same name
   * each time. An old link is replaced; {@link #close()} removes the link.
   */
  public static PseudoTerminal open(Path link) throws IOException {
    PseudoTerminal opened = open();
    try {
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, opened.device);
      return new PseudoTerminal(opened.master, opened.slave, opened.device, link);
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  /** What the program under test opens. */
  public Path port() {
    return port;
  }

  /** What the program under test sends. At its end after {@link #close()}. */
  public InputStream input() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        return length == 0 ? 0 : receive(buffer, offset, length);
      }
    };
  }

  /** What the program under test receives. */
  public OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        send(new byte[] {(byte) b});
      }

      @Override
      public void write(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        byte[] part = new byte[length];
        System.arraycopy(buffer, offset, part, 0, length);
        send(part);
      }
    };
  }

  /**
   * Pulls the cable: the port is gone, and so is the link, unless it was made to point elsewhere.
   */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      try {
        // first, because the system gives the name to the next who asks
        unlink();
      } finally {
        LibC.C.close(slave);
        LibC.C.close(master);
      }
    }
  }

  private void unlink() {
    try {
      if (Files.isSymbolicLink(port) && Files.readSymbolicLink(port).equals(device)) {
        Files.deleteIfExists(port);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int receive(byte[] buffer, int offset, int length) throws IOException {
    try (Memory pollFd = new Memory(POLL_FD_BYTES)) {
      while (true) {
        // short waits, because closing a descriptor does not wake up who waits for it
        int ready = waitForInput(pollFd);
        if (ready < 0) {
          return -1;
        }
        if (ready > 0) {
          byte[] part = new byte[length];
          int count = readNow(part);
          System.arraycopy(part, 0, buffer, offset, Math.max(count, 0));
          return count;
        }
      }
    }
  }

  private int waitForInput(Memory pollFd) {
    synchronized (this) {
      if (closed) {
        return -1;
      }
    }
    pollFd.setInt(0, master);
    pollFd.setShort(4, LibC.POLLIN);
    pollFd.setShort(6, (short) 0);
    return LibC.C.poll(pollFd, new NativeLong(1), CLOSE_CHECK_MILLIS);
  }

  private synchronized int readNow(byte[] part) throws IOException {
    if (closed) {
      return -1;
    }
    return check("read", LibC.C.read(master, part, new NativeLong(part.length)).intValue());
  }

  private synchronized void send(byte[] bytes) throws IOException {
    if (closed) {
      throw new IOException("pseudo-terminal \"" + port + "\" is closed");
    }
    check("write", LibC.C.write(master, bytes, new NativeLong(bytes.length)).intValue());
  }

  private static void makeRaw(int fd) throws IOException {
    try (Memory termios = new Memory(TERMIOS_BYTES)) {
      check("tcgetattr", LibC.C.tcgetattr(fd, termios));
      LibC.C.cfmakeraw(termios);
      check("tcsetattr", LibC.C.tcsetattr(fd, LibC.TCSANOW, termios));
    }
  }

  private static int check(String call, int result) throws IOException {
    if (result < 0) {
      throw new IOException(call + " failed with error " + Native.getLastError());
    }
    return result;
  }
}
