package io.polegate.cloud;

import io.polegate.api.journal.Lane;
import java.util.Optional;

/**
 * How much to send at once, learnt from sessions that ended with something unacknowledged. A broker
 * or line that takes no full message may take a smaller one, so the batch is halved each time the
 * same item stands at the front again; each minute of good service doubles it. An item that was
 * alone on the line when {@value #REFUSALS} sessions in a row ended, each of which took the pole's
 * state before, is refused: it would block its lane for ever. One thread.
 */
final class Pacing {
  /** Sessions that must end with the same single item before it is set aside. */
  static final int REFUSALS = 5;

  private final int mostItems;
  private final int mostMessages;
  private int batch;
  private Optional<Front> suspect = Optional.empty();
  private int refusals;
  private boolean alone;
  private long changedNanos;

  /**
   * The oldest message that the broker did not acknowledge.
   *
   * @param firstSeq number of its first item
   */
  record Front(Lane lane, long firstSeq) {}

  /**
   * Starts with the settings.
   *
   * @param mostItems per message
   * @param mostMessages under way per lane
   */
  Pacing(int mostItems, int mostMessages) {
    this.mostItems = mostItems;
    this.mostMessages = mostMessages;
    this.batch = mostItems;
  }

  /** Items per message at most. */
  int batch() {
    return batch;
  }

  /** Whether another message may go, with so many under way in its lane and in all. */
  boolean allows(int inLane, int inAll) {
    return alone ? inAll == 0 : inLane < mostMessages;
  }

  /** The broker acknowledged something. */
  void progressed(long nowNanos) {
    alone = false;
    refusals = 0;
    if (batch < mostItems && nowNanos - changedNanos >= Backoff.STABLE.toNanos()) {
      batch = Math.min(mostItems, batch * 2);
      changedNanos = nowNanos;
    }
  }

  /**
   * A session is over.
   *
   * @param front what it left unacknowledged
   * @return the item that is refused and has to be set aside, if any
   */
  Optional<Front> ended(Optional<Front> front, long nowNanos) {
    boolean again = front.isPresent() && front.equals(suspect);
    suspect = front;
    if (!again) {
      refusals = 0;
      return Optional.empty();
    }
    changedNanos = nowNanos;
    if (batch > 1) {
      batch = batch / 2;
      return Optional.empty();
    }
    if (alone) {
      refusals++;
    }
    alone = true;
    return refusals < REFUSALS ? Optional.empty() : setAside(front);
  }

  private Optional<Front> setAside(Optional<Front> front) {
    suspect = Optional.empty();
    refusals = 0;
    alone = false;
    // the item was to blame, not the size
    batch = mostItems;
    return front;
  }
}
