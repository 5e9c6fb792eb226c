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

  /** The bytes to send. */
  byte[] pdu() {
    return pdu.clone();
  }

  /** Length of the answer unless it is a refusal. */
  int answerLength() {
    return answerLength;
  }

  /** Whether these are the beginning of the right answer, as far as the answer can be foreseen. */
  boolean answerStarts(byte[] bytes, int offset) {
    int available = bytes.length - offset;
    return available >= answerLength
        && Arrays.equals(answerHead, Arrays.copyOfRange(bytes, offset, offset + answerHead.length));
  }

  /** Whether these are the beginning of a refusal of this request. */
  boolean refusalStarts(byte[] bytes, int offset) {
    return bytes.length - offset >= REFUSAL_LENGTH && bytes[offset] == (byte) (pdu[0] | 0x80);
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
