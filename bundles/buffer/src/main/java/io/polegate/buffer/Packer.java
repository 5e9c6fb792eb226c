package io.polegate.buffer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Grows a byte array by small binary fields. For one thread. */
final class Packer {
  private byte[] bytes;
  private int size;

  Packer(int capacity) {
    this.bytes = new byte[capacity];
  }

  int size() {
    return size;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }

  void octet(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  /** Seven bits per byte, low first; small numbers are short. */
  void unsigned(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** As {@link #unsigned}, with small negative numbers short too. */
  void signed(long value) {
    unsigned((value << 1) ^ (value >> 63));
  }

  void fixed32(int value) {
    room(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  void fixed64(long value) {
    fixed32((int) (value >>> 32));
    fixed32((int) value);
  }

  void text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    unsigned(utf8.length);
    raw(utf8, utf8.length);
  }

  void raw(byte[] source, int length) {
    room(length);
    System.arraycopy(source, 0, bytes, size, length);
    size += length;
  }

  void raw(Packer other) {
    raw(other.bytes, other.size);
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
