package io.polegate.core;

import io.polegate.api.data.Bytes;
import io.polegate.api.driver.FrameTrace;
import io.polegate.api.time.PoleClock;
import io.polegate.api.tools.TracedFrame;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The last frames of a bus, and who they are counted for. Bounded in frames and in bytes, so that a
 * line that babbles cannot eat the memory. Thread-safe.
 */
final class BusTrace {
  static final int MOST_FRAMES = 256;
  static final int MOST_BYTES = 32 * 1024;

  /** Longer ones are cut: no protocol of field devices has such frames, but noise has. */
  static final int MOST_BYTES_OF_A_FRAME = 1024;

  private final PoleClock clock;
  private final Deque<TracedFrame> frames = new ArrayDeque<>();
  private int bytes;
  private String device = "";
  private TrafficCount count = new TrafficCount();

  BusTrace(PoleClock clock) {
    this.clock = clock;
  }

  /** What follows is done for this device. */
  synchronized void serve(PolledDevice served) {
    device = served.id();
    count = served.traffic();
  }

  /** What follows is done for no device that is configured. */
  synchronized void serveNobody() {
    device = "";
    count = new TrafficCount();
  }

  /** The driver shows a frame. */
  synchronized void frame(FrameTrace.Kind kind, Bytes frame) {
    count.frame(kind);
    Bytes kept = cut(frame);
    frames.addLast(new TracedFrame(clock.now(), device, kind, kept));
    bytes += kept.size();
    while (frames.size() > MOST_FRAMES || bytes > MOST_BYTES) {
      bytes -= frames.removeFirst().frame().size();
    }
  }

  private static Bytes cut(Bytes frame) {
    return frame.size() <= MOST_BYTES_OF_A_FRAME
        ? frame
        : Bytes.of(Arrays.copyOf(frame.toArray(), MOST_BYTES_OF_A_FRAME));
  }

  /** A call was answered, and its driver shows no frames that say so. */
  synchronized void answered() {
    count.answered();
  }

  /** A call waited in vain. */
  synchronized void timedOut() {
    count.timedOut();
  }

  /** The oldest first. */
  synchronized List<TracedFrame> frames() {
    return List.copyOf(frames);
  }
}
