package io.polegate.cloud;

import io.polegate.api.journal.Lane;
import java.util.Optional;

/**
 * How much to send at once, learnt from sessions that ended with something unacknowledged. A
 * broker, line or platform that takes no full message may take a smaller one, so the batch is
 * halved each time the same item stands at the front again; each minute of good service doubles it.
 * An item that was alone when {@value #REFUSALS} sessions ended because of it is refused: it would
 * block its lane for ever. One thread.
 */
final class Pacing {
  /** Sessions that must end with the same single item before it is set aside. */
  static final int REFUSALS = 5;

  private final int mostItems;
  private final int mostMessages;
  private final Suspicion byBroker = new Suspicion();
  private final Suspicion byPlatform = new Suspicion();
  private int batch;
  private long changedNanos;
  private long beganNanos;

  /**
   * The message that a session ended with.
   *
   * @param firstSeq number of its first item
   */
  record Front(Lane lane, long firstSeq) {}

  /** What is suspected of having ended sessions, and how often it was the only one. */
  private static final class Suspicion {
    private Optional<Front> suspect = Optional.empty();
    private int refusals;
    private boolean alone;

    private boolean aloneIn(Lane lane) {
      return alone && suspect.filter(front -> front.lane() == lane).isPresent();
    }

    private void clear(Lane lane) {
      if (suspect.filter(front -> front.lane() == lane).isPresent()) {
        clear();
      }
    }

    private void clear() {
      suspect = Optional.empty();
      refusals = 0;
      alone = false;
    }
  }

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

  /**
   * Whether another message of a lane may go.
   *
   * @param inLane messages of the lane that are not acknowledged
   * @param onLine messages of all lanes that the broker does not have
   */
  boolean allows(Lane lane, int inLane, int onLine) {
    if (byBroker.alone && onLine > 0) {
      return false;
    }
    return inLane < (byPlatform.aloneIn(lane) ? 1 : mostMessages);
  }

  /** A session stands. */
  void began(long nowNanos) {
    beganNanos = nowNanos;
  }

  /** Something of a lane was acknowledged. */
  void progressed(Lane lane, long nowNanos) {
    byBroker.clear(lane);
    byPlatform.clear(lane);
    if (nowNanos - beganNanos >= Backoff.STABLE.toNanos()) {
      byBroker.clear(); // the suspect did not come again, or did no harm
    }
    if (batch < mostItems && nowNanos - changedNanos >= Backoff.STABLE.toNanos()) {
      batch = Math.min(mostItems, batch * 2);
      changedNanos = nowNanos;
    }
  }

  /**
   * A session broke.
   *
   * @param front what was sent first of all that the broker did not get; nothing proves nothing
   * @return the item that is refused and has to be set aside, if any
   */
  Optional<Front> broke(Optional<Front> front, long nowNanos) {
    return front.flatMap(suspect -> suspected(byBroker, suspect, nowNanos));
  }

  /**
   * A session was ended because the platform did not acknowledge in time what the broker took.
   *
   * @return the item that is refused and has to be set aside, if any
   */
  Optional<Front> overdue(Front front, long nowNanos) {
    return suspected(byPlatform, front, nowNanos);
  }

  private Optional<Front> suspected(Suspicion suspicion, Front front, long nowNanos) {
    if (!suspicion.suspect.equals(Optional.of(front))) {
      suspicion.clear();
      suspicion.suspect = Optional.of(front);
      return Optional.empty();
    }
    changedNanos = nowNanos;
    if (batch > 1) {
      batch = batch / 2;
      return Optional.empty();
    }
    if (suspicion.alone) {
      suspicion.refusals++;
    }
    suspicion.alone = true;
    if (suspicion.refusals < REFUSALS) {
      return Optional.empty();
    }
    suspicion.clear();
    // the item was to blame, not the size
    batch = mostItems;
    return Optional.of(front);
  }
}
