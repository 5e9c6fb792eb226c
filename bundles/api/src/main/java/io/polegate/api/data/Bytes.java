package io.polegate.api.data;

import java.util.Arrays;
import java.util.HexFormat;

/** A value of raw bytes. A class and not a record, because it must not share its array. */
public final class Bytes implements Value {
  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** Copies {@code content}. */
  public static Bytes of(byte[] content) {
    return new Bytes(content.clone());
  }

  /**
   * Reads hexadecimal digits, two per byte.
   *
   * @throws IllegalArgumentException if {@code hex} is anything else
   */
  public static Bytes ofHex(String hex) {
    return new Bytes(HexFormat.of().parseHex(hex));
  }

  /** A copy of the bytes. */
  public byte[] toArray() {
    return content.clone();
  }

  /** Lower-case hexadecimal digits, two per byte. */
  public String toHex() {
    return HexFormat.of().formatHex(content);
  }

  /** Number of bytes. */
  public int size() {
    return content.length;
  }

  @Override
  public ValueType type() {
    return ValueType.BYTES;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return "Bytes[" + toHex() + "]";
  }
}
