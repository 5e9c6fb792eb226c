package io.polegate.driver.modbus;

import java.util.Optional;

/** How requests and answers are wrapped for a wire. Pure. */
interface Framing {

  /** Received bytes that no frame can follow: the stream is out of step. */
  final class OutOfStepException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says what stood there. */
    OutOfStepException(String message) {
      super(message);
    }
  }

  /** The frame around a request. */
  byte[] frame(int number, int unit, byte[] pdu);

  /** Characters on the wire around this many bytes of a request or answer, and for them. */
  int characters(int pduLength);

  /**
   * Whether answers carry the number of their request. If not, a late answer is kept away from the
   * next request by silence; if so, the bytes are a stream in which every frame follows another.
   */
  boolean numbered();

  /** The first intact frame that starts at {@code from} or later, whatever it is. */
  Optional<Frame> next(byte[] received, int from) throws OutOfStepException;

  /** The frame that answers a request, wherever it is. */
  default Optional<Frame> answer(byte[] received, int number, int unit, ModbusRequest request)
      throws OutOfStepException {
    Optional<Frame> frame = next(received, 0);
    while (frame.isPresent()) {
      Frame found = frame.get();
      if ((!numbered() || found.number() == number) && found.answers(unit, request)) {
        return frame;
      }
      frame = next(received, found.end());
    }
    return Optional.empty();
  }
}
