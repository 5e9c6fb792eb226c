package io.polegate.buffer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * How old items are at least: the time that this journal was running since they were stored. No
 * step of any clock can make that wrong; time without power does not count. For the writer thread.
 */
final class Ages {
  static final Duration STEP = Duration.ofMinutes(1);

  private static final String PREFIX = "age-";

  /** A milestone may be off by this part of its age. */
  private static final int PRECISION = 16;

  private final LongSupplier nanos;
  private final Marks marks;
  private final PreparedStatement all;
  private final PreparedStatement forget;

  /** Highest number on disk at some seconds of running. */
  private final NavigableMap<Long, Long> milestones = new TreeMap<>();

  private final long startNanos;
  private final long startSeconds;

  Ages(Connection connection, Marks marks, LongSupplier nanos) throws SQLException {
    this.nanos = nanos;
    this.marks = marks;
    this.all = connection.prepareStatement("select name, value from mark where name like 'age-%'");
    this.forget = connection.prepareStatement("delete from mark where name=?");
    load();
    this.startNanos = nanos.getAsLong();
    this.startSeconds = milestones.isEmpty() ? 0 : milestones.lastKey();
  }

  /** Forgets what a transaction changed that was rolled back. */
  void load() throws SQLException {
    milestones.clear();
    try (ResultSet rows = all.executeQuery()) {
      while (rows.next()) {
        String seconds = rows.getString(1).substring(PREFIX.length());
        if (seconds.matches("\\d{1,15}")) {
          milestones.put(Long.parseLong(seconds), rows.getLong(2));
        }
      }
    }
  }

  /** Everything up to this number is at least that old; 0 if nothing is known to be. */
  long olderThan(Duration age) {
    Map.Entry<Long, Long> entry = milestones.floorEntry(now() - age.toSeconds());
    return entry == null ? 0 : entry.getValue();
  }

  boolean wantsMilestone() {
    return milestones.isEmpty() || now() - milestones.lastKey() >= STEP.toSeconds();
  }

  /** Whether a milestone is due that tells something new. */
  boolean misses(long last) {
    return wantsMilestone() && (milestones.isEmpty() || milestones.lastEntry().getValue() < last);
  }

  /**
   * Part of a transaction.
   *
   * @param last highest number on disk
   */
  void putMilestone(long last) throws SQLException {
    long now = now();
    milestones.put(now, last);
    marks.put(PREFIX + now, last);
    thinOut(now);
  }

  /** Of what is long ago few milestones are enough. */
  private void thinOut(long now) throws SQLException {
    Long later = null;
    Long candidate = null;
    for (Long seconds : milestones.descendingMap().keySet().toArray(Long[]::new)) {
      if (candidate != null && later != null && later - seconds <= (now - later) / PRECISION) {
        milestones.remove(candidate);
        forget.setString(1, PREFIX + candidate);
        forget.executeUpdate();
      } else {
        later = candidate;
      }
      candidate = seconds;
    }
  }

  private long now() {
    return startSeconds + Duration.ofNanos(nanos.getAsLong() - startNanos).toSeconds();
  }
}
