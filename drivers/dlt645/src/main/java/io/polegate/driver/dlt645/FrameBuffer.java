package io.polegate.driver.dlt645;

import io.polegate.api.data.Bytes;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a line has brought and nobody has looked at yet. Whole frames are found wherever they begin,
 * so neither noise nor the beginning of a frame that never ends hides the next one. Not
 * thread-safe; no clock.
 */
final class FrameBuffer {
  /** Some frames of the longest kind; what is older on a line that babbles is forgotten. */
  private static final int KEPT_BYTES = 1024;

  private static final byte[] NOTHING = {};

  private byte[] held = NOTHING;

  /**
   * A frame with what came before it.
   *
   * @param noise bytes that are no intact frame; may be empty
   * @param raw the frame and what woke the receiver up
   */
  record Received(Bytes noise, Bytes raw, Frame frame) {}

  void add(byte[] more) {
    byte[] all = Arrays.copyOf(held, held.length + more.length);
    System.arraycopy(more, 0, all, held.length, more.length);
    held = Arrays.copyOfRange(all, Math.max(0, all.length - KEPT_BYTES), all.length);
  }

  boolean isEmpty() {
    return held.length == 0;
  }

  /** Takes out the next intact frame and what came before it. */
  Optional<Received> next() {
    for (int start = 0; start + Frame.OVERHEAD <= held.length; start++) {
      Optional<Frame> frame = Frame.decode(held, start);
      if (frame.isPresent()) {
        int end = start + Frame.OVERHEAD + frame.get().data().size();
        int wake = start;
        while (wake > 0 && held[wake - 1] == Frame.WAKE) {
          wake--;
        }
        Received received = new Received(part(0, wake), part(wake, end), frame.get());
        held = Arrays.copyOfRange(held, end, held.length);
        return Optional.of(received);
      }
    }
    return Optional.empty();
  }

  /** Takes out everything. */
  Bytes rest() {
    Bytes rest = Bytes.of(held);
    held = NOTHING;
    return rest;
  }

  private Bytes part(int start, int end) {
    return Bytes.of(Arrays.copyOfRange(held, start, end));
  }
}
