package io.polegate.buffer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Losses whose gap record is not written yet. They are stored in the transaction that causes them,
 * grow while the cause lasts, and become one record when it has been quiet for a while. For the
 * writer thread.
 */
final class Losses {
  private static final long QUIET_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long LONGEST_NANOS = Duration.ofHours(1).toNanos();
  private static final int MAX_ROWS = 256;

  private final LongSupplier nanos;
  private final List<Row> rows = new ArrayList<>();
  private final Set<Long> announced;
  private final PreparedStatement insert;
  private final PreparedStatement update;
  private final PreparedStatement delete;
  private final Between between;
  private long nextId = 1;

  /**
   * Takes over what an earlier run left; that is due at once.
   *
   * @param announced ids of rows whose records wait in memory; shared with the writer, which
   *     outlives this file
   * @param between tells whether two losses may become one
   */
  Losses(Connection connection, LongSupplier nanos, Set<Long> announced, Between between)
      throws SQLException {
    this.nanos = nanos;
    this.between = between;
    this.announced = announced;
    announced.forEach(id -> nextId = Math.max(nextId, id + 1));
    insert = connection.prepareStatement("insert into loss values(?,?,?,?,?,?)");
    update =
        connection.prepareStatement("update loss set from_seq=?, to_seq=?, count=? where id=?");
    delete = connection.prepareStatement("delete from loss where id=?");
    load(connection);
  }

  /** Forgets what a transaction changed that was rolled back. */
  void load(Connection connection) throws SQLException {
    rows.clear();
    long now = nanos.getAsLong();
    String all = "select id, from_seq, to_seq, count, lane, cause from loss order by id";
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(all)) {
      while (found.next()) {
        Lost lost =
            new Lost(
                found.getLong(2),
                found.getLong(3),
                found.getLong(4),
                found.getString(5),
                found.getString(6));
        rows.add(new Row(found.getLong(1), lost, now - LONGEST_NANOS, now - QUIET_NANOS));
        nextId = Math.max(nextId, found.getLong(1) + 1);
      }
    }
  }

  /** Part of the transaction that loses the items. */
  void add(Lost lost) throws SQLException {
    long now = nanos.getAsLong();
    for (int i = rows.size() - 1; i >= 0; i--) {
      Row row = rows.get(i);
      if (row.lost().sameKind(lost) && isOpen(row) && mayGrow(row.lost(), lost)) {
        Row grown = new Row(row.id(), row.lost().with(lost), row.sinceNanos(), now);
        rows.set(i, grown);
        store(grown);
        return;
      }
    }
    boolean due = lost.cause().equals(Lost.DAMAGED);
    Row row = new Row(nextId++, lost, now, due ? now - QUIET_NANOS : now);
    rows.add(row);
    Lost fields = row.lost();
    insert.setLong(1, row.id());
    insert.setLong(2, fields.from());
    insert.setLong(3, fields.to());
    insert.setLong(4, fields.count());
    insert.setString(5, fields.lane());
    insert.setString(6, fields.cause());
    insert.executeUpdate();
  }

  /** Rows whose record is to be written now; each is given once. */
  List<Row> takeDue() {
    long now = nanos.getAsLong();
    List<Row> due = rows.stream().filter(row -> isOpen(row) && dueInNanos(row, now) <= 0).toList();
    due.forEach(row -> announced.add(row.id()));
    return due;
  }

  /** Time until a record is due; the highest number if there is none to write. */
  long dueInNanos() {
    long now = nanos.getAsLong();
    return rows.stream()
        .filter(this::isOpen)
        .mapToLong(row -> Math.max(0, dueInNanos(row, now)))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Part of the transaction that writes the record. */
  void delete(long id) throws SQLException {
    delete.setLong(1, id);
    delete.executeUpdate();
    rows.removeIf(row -> row.id() == id);
  }

  private boolean isOpen(Row row) {
    return !announced.contains(row.id());
  }

  /** Thinning leaves items between those it takes; of all else a range has nothing in it. */
  private boolean mayGrow(Lost grown, Lost lost) throws SQLException {
    return switch (lost.cause()) {
      case Lost.THINNED -> true;
      case Lost.EVICTED, Lost.EXPIRED -> rows.size() >= MAX_ROWS || between.isEmpty(grown, lost);
      default -> rows.size() >= MAX_ROWS;
    };
  }

  private void store(Row row) throws SQLException {
    update.setLong(1, row.lost().from());
    update.setLong(2, row.lost().to());
    update.setLong(3, row.lost().count());
    update.setLong(4, row.id());
    update.executeUpdate();
  }

  private static long dueInNanos(Row row, long now) {
    return Math.min(row.sinceNanos() + LONGEST_NANOS - now, row.lastNanos() + QUIET_NANOS - now);
  }

  /** Looks at the blocks of a lane. */
  interface Between {
    /** Nothing is between for whoever has no blocks. */
    Between NOTHING = (one, other) -> true;

    /** Whether nothing of the lane is left between two losses. */
    boolean isEmpty(Lost one, Lost other) throws SQLException;
  }

  /**
   * A loss on disk.
   *
   * @param sinceNanos when it began
   * @param lastNanos when it last grew
   */
  record Row(long id, Lost lost, long sinceNanos, long lastNanos) {}
}
