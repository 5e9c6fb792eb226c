package io.polegate.driver.modbus;

import com.digitalpetri.modbus.MbapHeader;
import io.polegate.api.data.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Modbus TCP: number, protocol 0, length, unit, request or answer. Pure. */
record MbapFraming() implements Framing {
  private static final int HEADER_LENGTH = 7;
  private static final int MAX_PDU_LENGTH = 253;

  @Override
  public byte[] frame(int number, int unit, byte[] pdu) {
    ByteBuffer frame = ByteBuffer.allocate(HEADER_LENGTH + pdu.length);
    MbapHeader.Serializer.encode(new MbapHeader(number, 0, pdu.length + 1, unit), frame);
    return frame.put(pdu).array();
  }

  @Override
  public int characters(int pduLength) {
    return HEADER_LENGTH + pduLength;
  }

  @Override
  public boolean numbered() {
    return true;
  }

  @Override
  public Optional<Frame> next(byte[] received, int from) throws OutOfStepException {
    if (received.length - from < HEADER_LENGTH) {
      return Optional.empty();
    }
    byte[] head = Arrays.copyOfRange(received, from, from + HEADER_LENGTH);
    MbapHeader header = MbapHeader.Serializer.decode(ByteBuffer.wrap(head));
    int length = header.length() - 1;
    if (header.protocolId() != 0 || length < 2 || length > MAX_PDU_LENGTH) {
      throw new OutOfStepException("the peer does not speak Modbus TCP: " + Bytes.of(head).toHex());
    }
    int start = from + HEADER_LENGTH;
    if (received.length - start < length) {
      return Optional.empty();
    }
    byte[] pdu = Arrays.copyOfRange(received, start, start + length);
    return Optional.of(
        new Frame(from, start + length, header.transactionId(), header.unitId(), pdu));
  }
}
