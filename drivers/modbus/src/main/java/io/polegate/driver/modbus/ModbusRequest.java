package io.polegate.driver.modbus;

import com.digitalpetri.modbus.ModbusPduSerializer.DefaultRequestSerializer;
import com.digitalpetri.modbus.exceptions.ModbusException;
import com.digitalpetri.modbus.pdu.ModbusRequestPdu;
import com.digitalpetri.modbus.pdu.ReadCoilsRequest;
import com.digitalpetri.modbus.pdu.ReadDiscreteInputsRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadInputRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteMultipleCoilsRequest;
import com.digitalpetri.modbus.pdu.WriteMultipleRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteSingleCoilRequest;
import com.digitalpetri.modbus.pdu.WriteSingleRegisterRequest;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A request without unit and checksum, and what its answer has to look like. Immutable; a class and
 * not a record, because it holds arrays.
 */
final class ModbusRequest {
  /** Length of a refusal: function with the high bit set, exception code. */
  static final int REFUSAL_LENGTH = 2;

  private static final int MAX_LENGTH = 253;

  private final byte[] pdu;
  private final byte[] answerHead;
  private final int answerLength;

  private ModbusRequest(byte[] pdu, byte[] answerHead, int answerLength) {
    this.pdu = pdu;
    this.answerHead = answerHead;
    this.answerLength = answerLength;
  }

  /** Reads addresses of one table. */
  static ModbusRequest read(ModbusTable table, int start, int count) {
    ModbusRequestPdu pdu =
        switch (table) {
          case COIL -> new ReadCoilsRequest(start, count);
          case DISCRETE -> new ReadDiscreteInputsRequest(start, count);
          case HOLDING -> new ReadHoldingRegistersRequest(start, count);
          case INPUT -> new ReadInputRegistersRequest(start, count);
        };
    int bytes = table.bits() ? (count + 7) / 8 : 2 * count;
    byte[] head = {(byte) table.readFunction(), (byte) bytes};
    return new ModbusRequest(encoded(pdu), head, 2 + bytes);
  }

  /** Writes one coil. */
  static ModbusRequest writeCoil(int address, boolean on, boolean multiple) {
    byte[] bits = {(byte) (on ? 1 : 0)};
    return write(
        multiple
            ? new WriteMultipleCoilsRequest(address, 1, bits)
            : new WriteSingleCoilRequest(address, on));
  }

  /** Writes registers; more than one only as multiple. */
  static ModbusRequest writeRegisters(int address, byte[] registers, boolean multiple) {
    return write(
        multiple
            ? new WriteMultipleRegistersRequest(address, registers.length / 2, registers)
            : new WriteSingleRegisterRequest(
                address, ByteBuffer.wrap(registers).getShort() & 0xFFFF));
  }

  /**
   * What a person typed.
   *
   * @param pdu function and what belongs to it
   * @throws IllegalArgumentException if it is no request
   */
  static ModbusRequest raw(byte[] pdu) {
    if (pdu.length == 0 || pdu.length > MAX_LENGTH || pdu[0] <= 0) {
      throw new IllegalArgumentException(
          "a request is 1 to " + MAX_LENGTH + " bytes, the first is a function from 1 to 127");
    }
    byte[] own = pdu.clone();
    int last = pdu.length > 4 ? (pdu[3] & 0xFF) << 8 | (pdu[4] & 0xFF) : 0;
    boolean bits = pdu[0] <= 2;
    int bytes = bits ? (last + 7) / 8 : 2 * last;
    boolean reads = pdu[0] <= 4 && pdu.length == 5 && bytes > 0 && bytes < MAX_LENGTH;
    if (reads) {
      return new ModbusRequest(own, new byte[] {pdu[0], (byte) bytes}, 2 + bytes);
    }
    boolean writes = pdu.length == 5 && (pdu[0] == 5 || pdu[0] == 6);
    boolean writesMany = pdu.length > 6 && (pdu[0] == 15 || pdu[0] == 16);
    return writes || writesMany
        ? new ModbusRequest(own, Arrays.copyOf(own, 5), 5)
        : new ModbusRequest(own, new byte[] {pdu[0]}, 0);
  }

  /** The bytes to send. */
  byte[] pdu() {
    return pdu.clone();
  }

  /** Length of the answer unless it is a refusal; 0 if only the device knows. */
  int answerLength() {
    return answerLength;
  }

  /** Whether the end of the answer cannot be foreseen. */
  boolean openEnded() {
    return answerLength == 0;
  }

  /** Whether this is the right answer, as far as it can be foreseen, or a refusal. */
  boolean answeredBy(byte[] answer) {
    return answer.length >= REFUSAL_LENGTH
        && answer.length == lengthOfAnswer(answer, 0, answer.length);
  }

  /** Whether bytes from {@code offset} on can be the beginning of the answer or of a refusal. */
  boolean answerMayBegin(byte[] bytes, int offset) {
    int seen = Math.min(answerHead.length, bytes.length - offset);
    boolean refusal = seen > 0 && bytes[offset] == refusal();
    return refusal || Arrays.equals(answerHead, 0, seen, bytes, offset, offset + Math.max(0, seen));
  }

  /**
   * How long the answer or refusal is that begins at {@code offset}, at most up to {@code end}; 0
   * if none does.
   */
  int lengthOfAnswer(byte[] bytes, int offset, int end) {
    int available = end - offset;
    if (available >= REFUSAL_LENGTH && bytes[offset] == refusal()) {
      return REFUSAL_LENGTH;
    }
    if (available < Math.max(answerHead.length, answerLength)
        || !Arrays.equals(
            answerHead, 0, answerHead.length, bytes, offset, offset + answerHead.length)) {
      return 0;
    }
    return openEnded() ? available : answerLength;
  }

  private byte refusal() {
    return (byte) (pdu[0] | 0x80);
  }

  /** An answer to a write repeats the first five bytes of the request. */
  private static ModbusRequest write(ModbusRequestPdu pdu) {
    byte[] bytes = encoded(pdu);
    byte[] echo = Arrays.copyOf(bytes, 5);
    return new ModbusRequest(bytes, echo, echo.length);
  }

  private static byte[] encoded(ModbusRequestPdu pdu) {
    ByteBuffer buffer = ByteBuffer.allocate(MAX_LENGTH);
    try {
      DefaultRequestSerializer.INSTANCE.encode(pdu, buffer);
    } catch (ModbusException e) {
      throw new IllegalStateException("cannot encode " + pdu, e);
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }
}
