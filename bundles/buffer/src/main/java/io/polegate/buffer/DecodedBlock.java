package io.polegate.buffer;

import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import java.util.List;

/**
 * What a block says after its checksum held.
 *
 * @param ordinal number of items of the lane that were ever stored before it
 * @param span items it stood for when it was written
 * @param items ascending; empty in the place of a block that was found damaged
 */
record DecodedBlock(Lane lane, long first, long ordinal, int span, List<Sequenced> items) {

  long last() {
    return items.isEmpty() ? first : items.get(items.size() - 1).seq();
  }

  /** Index of the first item above {@code seq}. */
  int indexAfter(long seq) {
    int low = 0;
    int high = items.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (items.get(middle).seq() <= seq) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
