package io.polegate.buffer;

import io.polegate.api.journal.Lane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many bytes the blocks of each lane take. What the file remembers of it is exact for the
 * blocks up to a number; those above are few and counted when the file is opened. For the writer
 * thread.
 */
final class LaneBytes {
  /** What a row takes beside its body. */
  static final long ROW_BYTES = 32;

  private static final String COUNTED = "counted";
  private static final int MOST_UNCOUNTED = 4096;

  private final Marks marks;
  private final PerLane<Long> bytes = PerLane.same(0L);
  private final Map<Lane, PreparedStatement> sums = new EnumMap<>(Lane.class);
  private int uncounted;

  LaneBytes(Connection connection, Marks marks) throws SQLException {
    this.marks = marks;
    for (Lane lane : Lane.values()) {
      String sum =
          "select coalesce(sum(length(body) + %d), 0), count(*) from %s where first_seq>?"
              .formatted(ROW_BYTES, Sql.table(lane));
      sums.put(lane, connection.prepareStatement(sum));
    }
    load();
  }

  /** Forgets what a transaction changed that was rolled back. */
  void load() throws SQLException {
    long counted = marks.get(COUNTED);
    uncounted = 0;
    for (Map.Entry<Lane, PreparedStatement> sum : sums.entrySet()) {
      sum.getValue().setLong(1, counted);
      try (ResultSet row = sum.getValue().executeQuery()) {
        bytes.set(sum.getKey(), marks.get(name(sum.getKey())) + row.getLong(1));
        uncounted += row.getInt(2);
      }
    }
  }

  long of(Lane lane) {
    return bytes.get(lane);
  }

  static long of(Block block) {
    return block.size + ROW_BYTES;
  }

  /** A block above all that are there; the file learns of it sooner or later. */
  void added(Block block) {
    bytes.set(block.lane, bytes.get(block.lane) + of(block));
    uncounted++;
  }

  /** Anything else; {@link #store} has to follow in the same transaction. */
  void changed(Lane lane, long by) {
    bytes.set(lane, bytes.get(lane) + by);
  }

  boolean wantsStoring() {
    return uncounted >= MOST_UNCOUNTED;
  }

  /**
   * Part of a transaction.
   *
   * @param last no block starts above it
   */
  void store(long last) throws SQLException {
    for (Lane lane : Lane.values()) {
      marks.put(name(lane), bytes.get(lane));
    }
    marks.put(COUNTED, last);
    uncounted = 0;
  }

  /** In a file whose blocks are others than those that were counted. */
  static void forget(Marks marks) throws SQLException {
    marks.put(COUNTED, 0);
    for (Lane lane : Lane.values()) {
      marks.put(name(lane), 0);
    }
  }

  private static String name(Lane lane) {
    return "bytes-" + Lost.wireName(lane);
  }
}
