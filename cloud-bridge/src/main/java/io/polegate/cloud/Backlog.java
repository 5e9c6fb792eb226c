package io.polegate.cloud;

import io.polegate.api.journal.JournalReader;
import io.polegate.api.journal.Lane;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What of the journal a platform does not have yet, and when it will. Thread-safe. */
final class Backlog {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final long STEP = Duration.ofSeconds(5).toNanos();
  private static final long LEAST = Duration.ofSeconds(1).toNanos();

  private final JournalReader.Cursor cursor;
  private final LongSupplier nanos;
  private final Deque<Look> looks = new ArrayDeque<>();
  private boolean upToDate;
  private long behindSinceNanos;
  private boolean alarmsSent;

  /** How much there was at a time. */
  private record Look(long nanos, long pending) {}

  Backlog(JournalReader.Cursor cursor, LongSupplier nanos) {
    this.cursor = cursor;
    this.nanos = nanos;
    this.behindSinceNanos = nanos.getAsLong();
  }

  /** A session stands: nothing is known of its speed, and it has to catch up. */
  synchronized void began() {
    looks.clear();
    upToDate = false;
    alarmsSent = false;
    behindSinceNanos = nanos.getAsLong();
  }

  /** Notes how much there is; to be called often while the session lasts. */
  synchronized void look() {
    long now = nanos.getAsLong();
    Look last = looks.peekLast();
    if (last == null || now - last.nanos() >= STEP) {
      looks.addLast(new Look(now, total(pending())));
    }
    Look first = looks.peekFirst();
    while (first != null && now - first.nanos() > MINUTE) {
      looks.removeFirst();
      first = looks.peekFirst();
    }
  }

  /** Whether every reading that is there was sent. */
  synchronized void telemetrySent(boolean all) {
    if (upToDate && !all) {
      behindSinceNanos = nanos.getAsLong();
    }
    upToDate = all;
  }

  /** Every alarm that may go now was sent. */
  synchronized void alarmsSent() {
    alarmsSent = true;
  }

  /** Whether alarms have had their turn in this session. */
  synchronized boolean alarmsFirst() {
    return alarmsSent;
  }

  /** For how long the platform has not seen the newest readings; zero if it sees them. */
  synchronized Duration behind() {
    return upToDate ? Duration.ZERO : Duration.ofNanos(nanos.getAsLong() - behindSinceNanos);
  }

  /** Up to where a lane is known to have arrived. */
  long acknowledged(Lane lane) {
    return cursor.acknowledged(lane);
  }

  /** Items that are not acknowledged, by lane. */
  Map<Lane, Long> pending() {
    Map<Lane, Long> pending = new EnumMap<>(Lane.class);
    for (Lane lane : Lane.values()) {
      pending.put(lane, cursor.pending(lane));
    }
    return pending;
  }

  /** All of them. */
  static long total(Map<Lane, Long> pending) {
    return pending.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * When nothing will be pending at the rate of the last minute; empty if it does not shrink.
   *
   * @param pending as it is now; counting it again would cost the journal
   */
  synchronized Optional<Duration> doneIn(Map<Lane, Long> pending) {
    long now = nanos.getAsLong();
    long left = total(pending);
    Optional<Look> first =
        looks.stream().filter(look -> now - look.nanos() <= MINUTE + STEP).findFirst();
    if (left == 0 || first.isEmpty()) {
      return Optional.empty();
    }
    long time = now - first.get().nanos();
    long gone = first.get().pending() - left;
    return gone <= 0 || time < LEAST
        ? Optional.empty()
        : Optional.of(Duration.ofNanos((long) ((double) time / gone * left)));
  }
}
