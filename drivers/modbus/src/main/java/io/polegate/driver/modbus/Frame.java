package io.polegate.driver.modbus;

/**
 * An intact frame among received bytes. A class and not a record, because it holds an array.
 *
 * <p>Immutable.
 */
final class Frame {
  /** For framings that do not number their frames. */
  static final int NO_NUMBER = -1;

  private final int start;
  private final int end;
  private final int number;
  private final int unit;
  private final byte[] pdu;

  /**
   * A frame.
   *
   * @param start index of its first byte
   * @param end index behind its last byte
   * @param number transaction, or {@link #NO_NUMBER}
   * @param pdu without unit and checksum; not shared
   */
  Frame(int start, int end, int number, int unit, byte[] pdu) {
    this.start = start;
    this.end = end;
    this.number = number;
    this.unit = unit;
    this.pdu = pdu;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  int number() {
    return number;
  }

  int unit() {
    return unit;
  }

  byte[] pdu() {
    return pdu.clone();
  }

  /** Whether it answers a request to this unit. */
  boolean answers(int asked, ModbusRequest request) {
    return unit == asked && request.answeredBy(pdu);
  }
}
