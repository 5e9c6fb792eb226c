package io.polegate.demo;

/**
 * Checks the gateway's promise from outside: every number from 1 on arrives on some topic, or a gap
 * record names it. Lanes overtake each other, so a hole may close later. One thread.
 */
final class SequenceLedger {
  private final NumberRanges missing = new NumberRanges();
  private final NumberRanges declaredLost = new NumberRanges();
  private long highest;
  private long repeats;

  /** An item with this number arrived. */
  void received(long seq) {
    if (seq > highest) {
      expectUpTo(seq - 1);
      highest = seq;
    } else if (!missing.remove(seq)) {
      repeats++;
    }
  }

  /** A gap record said that numbers from {@code from} to {@code to} may not come. */
  void lost(long from, long to) {
    if (from >= 1 && from <= to) {
      expectUpTo(to);
      highest = Math.max(highest, to);
      declaredLost.add(from, to);
    }
  }

  /** Numbers that neither came nor were declared lost. */
  long holes() {
    return missing.sizeWithout(declaredLost);
  }

  /** Numbers that did not come and were declared lost. */
  long declaredLosses() {
    return missing.sizeWithout(new NumberRanges()) - holes();
  }

  /** Items that came again. */
  long repeats() {
    return repeats;
  }

  private void expectUpTo(long seq) {
    if (seq > highest) {
      missing.add(highest + 1, seq);
    }
  }
}
