package io.polegate.api.driver;

import io.polegate.api.data.Bytes;

/** Optional capability of a {@link Driver}: shows the raw frames, for the bus doctor. */
public interface FrameTrace {

  /**
   * Sets who sees the frames; the listener is called on the thread that reads or writes and does
   * not block.
   */
  void traceTo(Listener listener);

  /** Which way a frame went. */
  enum Direction {
    /** From the gateway to the device. */
    SENT,
    /** From the device to the gateway. */
    RECEIVED
  }

  /** Sees frames. */
  @FunctionalInterface
  interface Listener {
    /** One frame, or the bytes that were taken for one. */
    void frame(Direction direction, Bytes frame);
  }
}
