package io.polegate.testkit;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;

/** The few calls of the C library that make a pseudo-terminal. */
interface LibC extends Library {
  LibC C = Native.load("c", LibC.class);

  int O_RDWR = 2;
  int O_NOCTTY = 0x100;
  int TCSANOW = 0;
  short POLLIN = 1;

  int posix_openpt(int flags);

  int grantpt(int fd);

  int unlockpt(int fd);

  int ptsname_r(int fd, byte[] name, NativeLong size);

  int tcgetattr(int fd, Pointer termios);

  void cfmakeraw(Pointer termios);

  int tcsetattr(int fd, int when, Pointer termios);

  int open(String path, int flags);

  int poll(Pointer pollFds, NativeLong count, int timeoutMillis);

  NativeLong read(int fd, byte[] buffer, NativeLong size);

  NativeLong write(int fd, byte[] buffer, NativeLong size);

  int close(int fd);
}
