package io.polegate.buffer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what a {@link Packer} wrote and never past the end. For one thread. */
final class Unpacker {
  private final byte[] bytes;
  private final int end;
  private int at;

  Unpacker(byte[] bytes, int end) {
    this.bytes = bytes;
    this.end = end;
  }

  boolean atEnd() {
    return at == end;
  }

  int octet() throws DamagedBlockException {
    need(1);
    return bytes[at++] & 0xFF;
  }

  long unsigned() throws DamagedBlockException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int octet = octet();
      value |= (long) (octet & 0x7F) << shift;
      if (octet < 0x80) {
        return value;
      }
    }
    throw new DamagedBlockException("number too long");
  }

  long signed() throws DamagedBlockException {
    long value = unsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  int fixed32() throws DamagedBlockException {
    need(4);
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value = (value << 8) | (bytes[at++] & 0xFF);
    }
    return value;
  }

  long fixed64() throws DamagedBlockException {
    long high = fixed32();
    return (high << 32) | (fixed32() & 0xFFFFFFFFL);
  }

  String text() throws DamagedBlockException {
    int length = length();
    String value = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return value;
  }

  byte[] raw() throws DamagedBlockException {
    int length = length();
    byte[] value = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return value;
  }

  /** An index below {@code bound}. */
  int index(int bound) throws DamagedBlockException {
    long value = unsigned();
    if (value < 0 || value >= bound) {
      throw new DamagedBlockException("index " + value + " of " + bound);
    }
    return (int) value;
  }

  private int length() throws DamagedBlockException {
    long length = unsigned();
    if (length < 0 || length > end - at) {
      throw new DamagedBlockException("length " + length + " of " + (end - at));
    }
    return (int) length;
  }

  private void need(int count) throws DamagedBlockException {
    if (end - at < count) {
      throw new DamagedBlockException("ends early");
    }
  }
}
