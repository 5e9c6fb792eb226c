package io.polegate.cloud;

/** Counts 0 to 255 and begins again: bdSeq and seq. One thread. */
final class SparkplugCounter {
  private static final int LARGEST = 255;

  private int last = LARGEST;

  /** The next number; the first is 0. */
  int next() {
    last = (last + 1) & LARGEST;
    return last;
  }

  /** The number that {@link #next} will give. */
  int following() {
    return (last + 1) & LARGEST;
  }

  /** The next number is 0. */
  void restart() {
    last = LARGEST;
  }
}
