package io.polegate.cloud;

import io.polegate.api.journal.Sequenced;
import java.time.Duration;
import java.util.List;

/**
 * Tells, within one session, readings from before it apart from those of the present, and holds the
 * former back to their pace. One thread.
 */
final class History {
  private static final long LEAST_REST = Duration.ofMillis(20).toNanos();

  private final long end;
  private final HistoryPace pace;
  private boolean over;
  private boolean held;

  /**
   * A session begins.
   *
   * @param end readings up to this number are from before
   */
  History(long end, HistoryPace pace) {
    this.end = end;
    this.pace = pace;
  }

  /** How many readings to look at; 0 while history is known to be next and may not go. */
  int most(int batch) {
    if (over) {
      return batch;
    }
    int allowance = pace.allowance();
    if (allowance == 0 && held) {
      return 0;
    }
    // one tells whether there is history at all
    return Math.max(1, Math.min(batch, allowance));
  }

  /** Whether the readings that were looked at may go. */
  boolean admits(List<Sequenced> readings) {
    if (over || readings.get(0).seq() > end) {
      over = true;
      held = false;
      return true;
    }
    held = pace.allowance() == 0;
    return !held;
  }

  /** The readings up to this number went. */
  void sent(List<Sequenced> readings, long lastSeq) {
    if (!over) {
      pace.spent((int) readings.stream().filter(r -> r.seq() <= Math.min(lastSeq, end)).count());
    }
  }

  /** There was nothing to look at: what comes from now on is of the present. */
  void nothingLeft() {
    over = true;
    held = false;
  }

  /** Nanoseconds until what is held back may go; no end if nothing is. */
  long restNanos() {
    // no spinning while the pace would let it go and something else does not
    return held ? Math.max(LEAST_REST, pace.waitNanos()) : Long.MAX_VALUE;
  }
}
