package io.polegate.buffer;

import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Finds the numbers for which nothing was salvaged. For one thread. */
final class Holes {
  /** A damaged number must not make us reserve memory for all numbers there can be. */
  private static final long WIDEST = 1_000_000_000;

  private final long floor;
  private final long top;
  private final BitSet accounted = new BitSet();
  private final List<Lost> found = new ArrayList<>();

  /**
   * @param floor missing numbers up to here were evicted in good order
   * @param top highest number that may have been used
   */
  Holes(long floor, long top) {
    this.floor = Math.max(floor, top - WIDEST);
    this.top = top;
  }

  /** A block of a lane that is there, and the one that is there before it. */
  void between(Lane lane, long previousLast, long previousEnd, DecodedBlock block) {
    long missing = block.ordinal() - previousEnd;
    if (missing > 0) {
      Lost lost = Lost.of(previousLast + 1, block.first() - 1, missing, lane, Lost.DAMAGED);
      found.add(lost);
      account(lost);
    }
  }

  void account(List<Sequenced> items) {
    for (Sequenced item : items) {
      account(item.seq(), item.seq());
      Lost.fromEvent(item.item()).ifPresent(this::account);
    }
  }

  /** A loss that is known already. */
  void account(Lost lost) {
    account(lost.from(), lost.to());
  }

  /** What is missing; for numbers of which nothing is known the count is the most it can be. */
  List<Lost> result() {
    List<Lost> all = new ArrayList<>(found);
    int end = (int) (top - floor);
    int from = accounted.nextClearBit(0);
    while (from < end) {
      int next = accounted.nextSetBit(from);
      int to = next < 0 || next > end ? end : next;
      all.add(new Lost(floor + from + 1, floor + to, to - from, Lost.ANY_LANE, Lost.DAMAGED));
      from = accounted.nextClearBit(to);
    }
    return all;
  }

  private void account(long from, long to) {
    long low = Math.max(from, floor + 1);
    long high = Math.min(to, top);
    if (low <= high) {
      accounted.set((int) (low - floor - 1), (int) (high - floor));
    }
  }
}
