package io.polegate.api.serial;

import java.time.Duration;

/**
 * How a line is set.
 *
 * @param port see {@link SerialPorts}
 * @param baud bits per second
 * @param dataBits 7 or 8
 * @param stopBits 1 or 2
 * @param direction who switches an RS-485 transceiver between sending and receiving
 * @param beforeSending time from the switch to the first bit; for {@code RTS_…} only
 * @param afterSending time from the last bit to the switch back; for {@code RTS_…} only
 */
public record SerialParameters(
    String port,
    int baud,
    int dataBits,
    Parity parity,
    int stopBits,
    Direction direction,
    Duration beforeSending,
    Duration afterSending) {

  /** The parity bit. */
  public enum Parity {
    /** None is sent. */
    NONE,
    /** Makes the number of ones even. */
    EVEN,
    /** Makes the number of ones odd. */
    ODD
  }

  /** Who switches an RS-485 transceiver. */
  public enum Direction {
    /** The hardware by itself, or there is none. */
    HARDWARE,
    /** The system, with RTS high while sending. */
    RTS_HIGH,
    /** The system, with RTS low while sending. */
    RTS_LOW
  }

  /** Time on the wire of one character with its start, parity and stop bits. */
  public long characterNanos() {
    int bits = 1 + dataBits + stopBits + (parity == Parity.NONE ? 0 : 1);
    return bits * 1_000_000_000L / baud;
  }
}
