package io.polegate.driver.modbus;

import io.polegate.api.serial.SerialParameters;
import io.polegate.api.serial.SerialParameters.Direction;
import io.polegate.api.serial.SerialParameters.Parity;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import java.time.Duration;

/**
 * Times of a link, in nanoseconds.
 *
 * @param timeout wait for an answer, beside its transmission
 * @param gap silence before each request
 * @param character transmission of one character, 0 if it takes no time worth counting
 * @param turnaround pause after a broadcast
 * @param thinking what a device usually takes to answer, with the way there and back
 */
record LinkTiming(long timeout, long gap, long character, long turnaround, long thinking) {
  /** Meters and sensors of {@code README.md} answer in 5 to 50 ms. */
  private static final long DEVICE_THINKS = Duration.ofMillis(20).toNanos();

  private static final long NETWORK_ROUND_TRIP = Duration.ofMillis(10).toNanos();

  /** Time of a request and its answer on the wire. */
  long transmission(Framing framing, ModbusRequest request) {
    int characters =
        framing.characters(request.pdu().length) + framing.characters(request.answerLength());
    return characters * character;
  }

  /** How long it takes to find out that nobody answers. */
  Duration inVain(Framing framing, ModbusRequest request) {
    return Duration.ofNanos(gap + transmission(framing, request) + timeout);
  }

  /** How long a request and its answer occupy the wire when all goes well. */
  Duration usual(Framing framing, ModbusRequest request) {
    return Duration.ofNanos(gap + transmission(framing, request) + thinking);
  }

  /** Of a serial line; the silence between frames is never below 3.5 characters. */
  static LinkTiming ofLine(Settings bus, SerialParameters line) throws InvalidSettingException {
    long character = line.characterNanos();
    long gap = Math.max(bus.get(LinkSettings.LINE_GAP).toNanos(), character * 7 / 2);
    return new LinkTiming(
        bus.get(LinkSettings.LINE_TIMEOUT).toNanos(),
        gap,
        character,
        bus.get(LinkSettings.TURNAROUND).toNanos(),
        DEVICE_THINKS);
  }

  /** Of a connection to a serial server. */
  static LinkTiming ofServer(Settings bus) throws InvalidSettingException {
    int baud = bus.get(LinkSettings.SERVER_BAUD);
    SerialParameters line =
        new SerialParameters(
            "", baud, 8, Parity.EVEN, 1, Direction.HARDWARE, Duration.ZERO, Duration.ZERO);
    LinkTiming timing = ofLine(bus, line);
    return new LinkTiming(
        timing.timeout(),
        timing.gap(),
        timing.character(),
        timing.turnaround(),
        DEVICE_THINKS + NETWORK_ROUND_TRIP);
  }

  /** Of a connection to a device. */
  static LinkTiming ofNetwork(Settings bus) throws InvalidSettingException {
    return new LinkTiming(
        bus.get(LinkSettings.TCP_TIMEOUT).toNanos(),
        bus.get(LinkSettings.TCP_GAP).toNanos(),
        0,
        0,
        DEVICE_THINKS + NETWORK_ROUND_TRIP);
  }
}
