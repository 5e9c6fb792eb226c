package io.polegate.buffer;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One call of a trace that {@code disk.c} wrote. Immutable by agreement. */
final class DiskCall {
  private final Kind kind;
  private final long fd;
  private final long offset;
  private final byte[] data;

  DiskCall(Kind kind, long fd, long offset, byte[] data) {
    this.kind = kind;
    this.fd = fd;
    this.offset = offset;
    this.data = data;
  }

  /** In the order of {@code disk.c}, which counts from one. */
  enum Kind {
    OPEN,
    CLOSE,
    WRITE,
    SYNC,
    TRUNCATE,
    RENAME,
    UNLINK
  }

  static List<DiskCall> read(Path trace) throws IOException {
    List<DiskCall> calls = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(trace)))) {
      for (; ; ) {
        Kind kind = Kind.values()[(int) Long.reverseBytes(in.readLong()) - 1];
        long fd = Long.reverseBytes(in.readLong());
        long offset = Long.reverseBytes(in.readLong());
        byte[] data = new byte[(int) Long.reverseBytes(in.readLong())];
        in.readFully(data);
        calls.add(new DiskCall(kind, fd, offset, data));
      }
    } catch (EOFException e) {
      // the process was killed, the last record may be cut
      return calls;
    }
  }

  Kind kind() {
    return kind;
  }

  long fd() {
    return fd;
  }

  /** Where a write began, the length after a truncation, flags of an opening. */
  long offset() {
    return offset;
  }

  byte[] data() {
    return data;
  }

  String text() {
    return new String(data, StandardCharsets.UTF_8);
  }

  /** Without the folder. */
  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
