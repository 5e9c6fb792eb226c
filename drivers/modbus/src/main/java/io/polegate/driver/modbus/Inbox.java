package io.polegate.driver.modbus;

import io.polegate.api.data.Bytes;
import io.polegate.api.driver.FrameTrace;
import io.polegate.api.driver.FrameTrace.Kind;
import io.polegate.driver.modbus.Framing.OutOfStepException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a wire has brought and nobody has looked at yet. It knows the answer to a request, and shows
 * what everything else was, once. Thread rule as for drivers.
 */
final class Inbox {
  private static final int KEPT_BYTES = 1024;
  private static final int NUMBERS = 0x10000;

  /** Numbers that are taken for those of earlier requests and not for somebody else's. */
  private static final int EARLIER_NUMBERS = 1000;

  private static final byte[] NOTHING = {};

  private final Framing framing;

  /** What each unit was asked last in vain, to know late answers. */
  private final Map<Integer, Request> askedInVain = new HashMap<>();

  private FrameTrace.Listener trace = (kind, frame) -> {};
  private byte[] bytes = NOTHING;
  private Request asked = new Request(0, 0, ModbusRequest.read(ModbusTable.HOLDING, 0, 1));

  /** A request on its way. */
  private record Request(int number, int unit, ModbusRequest content) {}

  Inbox(Framing framing) {
    this.framing = framing;
  }

  void traceTo(FrameTrace.Listener listener) {
    trace = listener;
  }

  /** The frame around the next request; answers are looked for to this one from now on. */
  byte[] ask(int unit, ModbusRequest request) {
    asked = new Request((asked.number() + 1) % NUMBERS, unit, request);
    byte[] frame = framing.frame(asked.number(), unit, request.pdu());
    trace.frame(Kind.SENT, Bytes.of(frame));
    return frame;
  }

  /** Gives the request up; its answer may still come. */
  void giveUp() {
    askedInVain.put(asked.unit(), asked);
  }

  /** Adds bytes; only the last ones are kept if a line babbles. */
  void add(byte[] more) {
    byte[] all = Arrays.copyOf(bytes, bytes.length + more.length);
    System.arraycopy(more, 0, all, bytes.length, more.length);
    // a stream of numbered frames is never that long, because whole frames are taken out of it
    int dropped = framing.numbered() ? 0 : Math.max(0, all.length - KEPT_BYTES);
    bytes = Arrays.copyOfRange(all, dropped, all.length);
  }

  /** How many bytes wait. */
  int size() {
    return bytes.length;
  }

  /** Forgets what came over a wire that is gone. */
  void clear() {
    bytes = NOTHING;
  }

  /** The answer to what was asked, taken out with everything before it. */
  Optional<byte[]> answer() throws OutOfStepException {
    Optional<Frame> found = framing.answer(bytes, asked.number(), asked.unit(), asked.content());
    if (found.isEmpty()) {
      discardFrames();
      return Optional.empty();
    }
    Frame frame = found.get();
    byte[] pdu = frame.pdu();
    showAll(Arrays.copyOf(bytes, frame.start()));
    show(pdu[0] < 0 ? Kind.EXCEPTION : Kind.ANSWER, bytes, frame.start(), frame.end());
    bytes = Arrays.copyOfRange(bytes, frame.end(), bytes.length);
    askedInVain.remove(asked.unit());
    return Optional.of(pdu);
  }

  /** Throws away what came, but for the beginning of a frame in a stream. */
  void discard() throws OutOfStepException {
    discardFrames();
    if (!framing.numbered()) {
      byte[] thrown = bytes;
      bytes = NOTHING;
      showAll(thrown);
    }
  }

  /** In a stream, throws away whole frames; on a line, the next bytes may belong to these. */
  void discardFrames() throws OutOfStepException {
    if (framing.numbered()) {
      bytes = Arrays.copyOfRange(bytes, showFrames(bytes), bytes.length);
    }
  }

  /** Throws everything away as bytes that mean nothing. */
  void discardBroken() {
    show(Kind.CORRUPT, bytes, 0, bytes.length);
    bytes = NOTHING;
  }

  private void showAll(byte[] thrown) throws OutOfStepException {
    int rest = showFrames(thrown);
    if (rest < thrown.length) {
      show(Kind.CORRUPT, thrown, rest, thrown.length);
    }
  }

  /** Shows up to the end of the last whole frame and returns that end. */
  private int showFrames(byte[] thrown) throws OutOfStepException {
    int shown = 0;
    Optional<Frame> next = framing.next(thrown, shown);
    while (next.isPresent()) {
      Frame frame = next.get();
      if (frame.start() > shown) {
        show(Kind.CORRUPT, thrown, shown, frame.start());
      }
      show(isLate(frame) ? Kind.LATE : Kind.FOREIGN, thrown, frame.start(), frame.end());
      shown = frame.end();
      next = framing.next(thrown, shown);
    }
    return shown;
  }

  private boolean isLate(Frame frame) {
    int behind = Math.floorMod(asked.number() - frame.number(), NUMBERS);
    if (framing.numbered() && behind > 0) {
      return behind <= EARLIER_NUMBERS;
    }
    Request vain = askedInVain.get(frame.unit());
    return (vain != null && frame.answers(vain.unit(), vain.content()))
        || frame.answers(asked.unit(), asked.content());
  }

  private void show(Kind kind, byte[] shown, int start, int end) {
    trace.frame(kind, Bytes.of(Arrays.copyOfRange(shown, start, end)));
  }
}
