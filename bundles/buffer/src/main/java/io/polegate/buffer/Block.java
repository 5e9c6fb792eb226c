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

  /** Of the body, also where that was not read. */
  final int size;

  Block(Lane lane, long first, long last, long ordinal, int count, byte[] body) {
    this(lane, first, last, ordinal, count, body, body.length);
  }

  Block(Lane lane, long first, long last, long ordinal, int count, byte[] body, int size) {
    this.lane = lane;
    this.first = first;
    this.last = last;
    this.ordinal = ordinal;
    this.count = count;
    this.body = body;
    this.size = size;
  }

  /** Whether the row says the same as the body, which is the one with a checksum. */
  boolean agrees(DecodedBlock decoded) {
    return decoded.lane() == lane
        && decoded.first() == first
        && decoded.ordinal() == ordinal
        && decoded.span() == count
        && (decoded.items().isEmpty() || decoded.last() == last);
  }

  long end() {
    return ordinal + count;
  }
}
