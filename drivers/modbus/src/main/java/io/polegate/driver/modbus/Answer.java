package io.polegate.driver.modbus;

import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.WriteRejectedException;
import java.util.Arrays;
import java.util.Set;

/** What a device said, without unit and checksum. A class and not a record: it holds an array. */
final class Answer {
  private static final int ILLEGAL_FUNCTION = 1;

  /** A gateway says that the unit behind it does not answer. */
  private static final Set<Integer> OF_GATEWAY = Set.of(10, 11);

  /** No such address, or too many of them: worth asking for fewer. */
  private static final Set<Integer> OF_SIZE = Set.of(2, 3);

  private final byte[] pdu;

  Answer(byte[] pdu) {
    this.pdu = pdu;
  }

  /**
   * Itself.
   *
   * @throws DeviceSilentException if it is a gateway's word for silence
   */
  Answer ofUnit(int unit) throws DeviceSilentException {
    if (refused() && OF_GATEWAY.contains(code())) {
      throw new DeviceSilentException("unit " + unit + ": " + exception());
    }
    return this;
  }

  /**
   * Itself.
   *
   * @throws WriteRejectedException if it is an exception
   */
  Answer accepted() throws WriteRejectedException {
    if (refused()) {
      throw new WriteRejectedException(exception());
    }
    return this;
  }

  boolean refused() {
    return (pdu[0] & 0x80) != 0;
  }

  boolean refusedFunction() {
    return refused() && code() == ILLEGAL_FUNCTION;
  }

  boolean refusedSize() {
    return refused() && OF_SIZE.contains(code());
  }

  /** The exception in words. */
  String exception() {
    return ExceptionText.of(code());
  }

  /** Whether the bit is set that stands {@code offset} behind the first. */
  boolean bit(int offset) {
    return (pdu[2 + offset / 8] >> offset % 8 & 1) == 1;
  }

  /** Bytes of registers, of which the first stands {@code offset} behind the first that came. */
  byte[] registers(int offset, int count) {
    return Arrays.copyOfRange(pdu, 2 + 2 * offset, 2 + 2 * (offset + count));
  }

  private int code() {
    return pdu[1] & 0xFF;
  }
}
