package io.polegate.driver.dlt645;

import io.polegate.api.data.Bytes;
import java.util.Arrays;

/**
 * What is asked, and which frames answer it. The address and the data id come back in an answer,
 * the number of a follow-up frame as well (published source of a concentrator, DL645V07.cpp of
 * wuhuangrui/C82_DL689), so a late answer to another request is never taken for this one's. Pure.
 */
record MeterRequest(Frame frame) {
  private static final int READ = 0x11;
  private static final int READ_MORE = 0x12;
  private static final int FIND_ADDRESS = 0x13;
  private static final Bytes NOTHING = Bytes.of(new byte[0]);

  static MeterRequest read(String address, DataId id) {
    return new MeterRequest(new Frame(address, READ, id.line()));
  }

  /**
   * The next frame of an answer that did not fit one.
   *
   * @param number 1 for the first after the answer, at most 255
   */
  static MeterRequest readMore(String address, DataId id, int number) {
    byte[] data = Arrays.copyOf(id.line().toArray(), DataId.BYTES + 1);
    data[DataId.BYTES] = (byte) number;
    return new MeterRequest(new Frame(address, READ_MORE, Bytes.of(data)));
  }

  /** Asks every meter for its address; several at once are not understood. */
  static MeterRequest findAddress() {
    return new MeterRequest(new Frame(MeterDevice.ANY, FIND_ADDRESS, NOTHING));
  }

  /**
   * What a technician typed: the control code, then the data in the order of the line.
   *
   * @throws IllegalArgumentException with a text for him if it cannot be sent
   */
  static MeterRequest raw(String address, Bytes typed) {
    byte[] bytes = typed.toArray();
    // 200 bytes is the most that the standard lets a data field have (5.2.4)
    if (bytes.length == 0 || bytes.length > 201 || bytes[0] < 0) {
      throw new IllegalArgumentException(
          "write a control code from 00 to 7F and up to 200 bytes of data");
    }
    Bytes data = Bytes.of(Arrays.copyOfRange(bytes, 1, bytes.length));
    return new MeterRequest(new Frame(address, bytes[0], data));
  }

  String address() {
    return frame.address();
  }

  /** Whether nobody answers, because it is for all meters. */
  boolean broadcast() {
    return address().equals(MeterDevice.ALL);
  }

  boolean answeredBy(Frame other) {
    return other.answer()
        && other.function() == frame.function()
        && (other.address().equals(address()) || address().equals(MeterDevice.ANY))
        && (other.refusal() || echoedBy(other.data().toArray()));
  }

  private boolean echoedBy(byte[] answer) {
    byte[] asked = frame.data().toArray();
    return switch (frame.function()) {
      case READ -> begins(answer, asked, DataId.BYTES);
      case READ_MORE ->
          begins(answer, asked, DataId.BYTES)
              && answer.length > DataId.BYTES
              && answer[answer.length - 1] == asked[asked.length - 1];
      default -> true;
    };
  }

  private static boolean begins(byte[] answer, byte[] asked, int length) {
    return answer.length >= length
        && asked.length >= length
        && Arrays.equals(answer, 0, length, asked, 0, length);
  }
}
