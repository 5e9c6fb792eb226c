package io.polegate.driver.modbus;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Turns the bytes of registers into a value and back. Pure.
 *
 * @param bit which bit a {@link RegisterType#BOOL} is, 0 is the lowest
 * @param lowWordFirst whether the first register holds the lowest word
 * @param lowByteFirst whether the first byte of a register is the low one
 * @param registers how many
 */
record RegisterCodec(
    RegisterType type, int bit, boolean lowWordFirst, boolean lowByteFirst, int registers) {

  /** Reads a value. */
  Sample decode(byte[] wire) {
    ByteBuffer bytes = ByteBuffer.wrap(reordered(wire));
    return switch (type) {
      case BOOL -> Sample.good(new Value.Bool((bytes.getShort() >> bit & 1) == 1));
      case INT16 -> integer(bytes.getShort());
      case UINT16 -> integer(bytes.getShort() & 0xFFFF);
      case INT32 -> integer(bytes.getInt());
      case UINT32 -> integer(bytes.getInt() & 0xFFFF_FFFFL);
      case INT64 -> integer(bytes.getLong());
      case UINT64 -> unsigned(bytes.getLong());
      case FLOAT32 -> real(shortest(bytes.getFloat()));
      case FLOAT64 -> real(bytes.getDouble());
      case BCD16, BCD32 -> digits(bytes.array());
      case STRING -> text(bytes.array());
    };
  }

  /**
   * The number as the device's maker wrote it: 230.2, not the 230.1999969482422 of a plain
   * widening.
   */
  private static double shortest(float number) {
    return Double.parseDouble(Float.toString(number));
  }

  /**
   * Expresses a value of the right type; not for bits, which need the rest of their register.
   *
   * @throws WriteRejectedException if it does not fit
   */
  byte[] encode(Value value) throws WriteRejectedException {
    ByteBuffer bytes = ByteBuffer.allocate(2 * registers);
    if (value instanceof Value.Int integer) {
      put(bytes, integer.value());
    } else if (value instanceof Value.Real real) {
      put(bytes, real.value());
    } else if (value instanceof Value.Text text) {
      put(bytes, text.value());
    } else {
      throw new WriteRejectedException("registers cannot hold " + value);
    }
    return reordered(bytes.array());
  }

  /** The register with the bit changed. */
  byte[] withBit(byte[] wire, boolean on) {
    ByteBuffer bytes = ByteBuffer.wrap(reordered(wire));
    int word = bytes.getShort(0);
    bytes.putShort(0, (short) (on ? word | 1 << bit : word & ~(1 << bit)));
    return reordered(bytes.array());
  }

  private void put(ByteBuffer bytes, long value) throws WriteRejectedException {
    switch (type) {
      case INT16 -> bytes.putShort((short) fitting(value, Short.MIN_VALUE, Short.MAX_VALUE));
      case UINT16 -> bytes.putShort((short) fitting(value, 0, 0xFFFF));
      case INT32 -> bytes.putInt((int) fitting(value, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case UINT32 -> bytes.putInt((int) fitting(value, 0, 0xFFFF_FFFFL));
      case INT64 -> bytes.putLong(value);
      case UINT64 -> bytes.putLong(fitting(value, 0, Long.MAX_VALUE));
      case BCD16 -> bytes.putShort((short) packed(fitting(value, 0, 9_999)));
      case BCD32 -> bytes.putInt((int) packed(fitting(value, 0, 99_999_999)));
      default -> throw new WriteRejectedException(type + " takes no whole number");
    }
  }

  private void put(ByteBuffer bytes, double value) throws WriteRejectedException {
    if (type == RegisterType.FLOAT64) {
      bytes.putDouble(value);
      return;
    }
    float narrow = (float) value;
    if (!Float.isFinite(narrow)) {
      throw new WriteRejectedException(value + " does not fit into float32");
    }
    bytes.putFloat(narrow);
  }

  private void put(ByteBuffer bytes, String value) throws WriteRejectedException {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > bytes.remaining() || value.indexOf('\0') >= 0) {
      throw new WriteRejectedException(
          "text of " + utf8.length + " bytes does not fit into " + registers + " registers");
    }
    bytes.put(utf8);
  }

  private long fitting(long value, long min, long max) throws WriteRejectedException {
    if (value < min || value > max) {
      throw new WriteRejectedException(value + " is not from " + min + " to " + max);
    }
    return value;
  }

  private static Sample digits(byte[] bytes) {
    String digits = HexFormat.of().formatHex(bytes);
    return digits.chars().allMatch(Character::isDigit)
        ? integer(Long.parseLong(digits))
        : Sample.bad(BadReason.NOT_DECODABLE, "0x" + digits + " are no decimal digits");
  }

  /** Each decimal digit in four bits. */
  private static long packed(long value) {
    return Long.parseLong(Long.toString(value), 16);
  }

  private static Sample integer(long value) {
    return Sample.good(new Value.Int(value));
  }

  private static Sample unsigned(long value) {
    return value >= 0
        ? integer(value)
        : Sample.bad(
            BadReason.OUT_OF_RANGE,
            new BigInteger(Long.toUnsignedString(value)) + " is above 2^63-1");
  }

  private static Sample real(double value) {
    return Double.isFinite(value)
        ? Sample.good(new Value.Real(value))
        : Sample.bad(BadReason.NOT_DECODABLE, "the device sent " + value);
  }

  /** Text up to the first zero byte, without the blanks that fixed-length fields end with. */
  private static Sample text(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    try {
      ByteBuffer used = ByteBuffer.wrap(bytes, 0, end);
      String text = StandardCharsets.UTF_8.newDecoder().decode(used).toString();
      return Sample.good(new Value.Text(text.stripTrailing()));
    } catch (CharacterCodingException e) {
      return Sample.bad(BadReason.NOT_DECODABLE, "the bytes are no UTF-8 text");
    }
  }

  /** Between the order on the wire and high byte first; its own inverse. */
  private byte[] reordered(byte[] bytes) {
    byte[] result = Arrays.copyOf(bytes, bytes.length);
    boolean swapWords = lowWordFirst && type != RegisterType.STRING;
    for (int register = 0; register < registers; register++) {
      int from = 2 * (swapWords ? registers - 1 - register : register);
      result[2 * register] = bytes[lowByteFirst ? from + 1 : from];
      result[2 * register + 1] = bytes[lowByteFirst ? from : from + 1];
    }
    return result;
  }
}
