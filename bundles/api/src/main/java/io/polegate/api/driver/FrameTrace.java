package io.polegate.api.driver;

import io.polegate.api.data.Bytes;

/**
 * Optional capability of a {@link Driver}: shows every frame and what became of it. The rolling
 * trace and the statistics of each device are made from this, so a frame is shown once, while the
 * call runs that it belongs to.
 */
public interface FrameTrace {

  /**
   * Sets who sees the frames; the listener is called on the thread that reads or writes and does
   * not block.
   */
  void traceTo(Listener listener);

  /** What a frame was. */
  enum Kind {
    /** A request, from the gateway to the device. */
    SENT,
    /** The answer to the request that is waiting. */
    ANSWER,
    /** The answer to the request that is waiting, and it is an error of the device. */
    EXCEPTION,
    /** Bytes that are no intact frame: wrong checksum, noise, half a frame. */
    CORRUPT,
    /** An intact answer to an earlier request, thrown away. */
    LATE,
    /** An intact frame of another device or another function, thrown away. */
    FOREIGN
  }

  /** Sees frames. */
  @FunctionalInterface
  interface Listener {
    /** One frame, or the bytes that were taken for one. */
    void frame(Kind kind, Bytes frame);
  }
}
