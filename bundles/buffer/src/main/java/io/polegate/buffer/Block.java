package io.polegate.buffer;

import io.polegate.api.journal.Lane;

/**
 * A packed block on its way to or from the file. Immutable by agreement: nobody writes to {@link
 * #body} after it was made.
 */
final class Block {
  final Lane lane;
  final long first;
  final long last;

  /** Number of items of the lane that were ever stored before this block. */
  final long ordinal;

  final int count;
  final byte[] body;

  Block(Lane lane, long first, long last, long ordinal, int count, byte[] body) {
    this.lane = lane;
    this.first = first;
    this.last = last;
    this.ordinal = ordinal;
    this.count = count;
    this.body = body;
  }

  long end() {
    return ordinal + count;
  }
}
