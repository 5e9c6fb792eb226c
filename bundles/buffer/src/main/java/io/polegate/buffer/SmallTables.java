package io.polegate.buffer;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Copies the small tables of a damaged file, row by row until it cannot go on. Stateless. */
final class SmallTables {
  private SmallTables() {}

  static void copyCursors(Connection from, Connection to, long top) throws SQLException {
    CursorTable target = new CursorTable(to);
    try {
      target.put(new CursorTable(from).all(top));
    } catch (SQLException e) {
      onlyDamage(e);
    }
  }

  /** From both ends, so that one bad page costs only itself. */
  static void copyLedger(Connection from, Connection to) throws SQLException {
    LedgerTable target = new LedgerTable(to);
    for (String order : List.of("asc", "desc")) {
      String all = "select id, forget_after, result from ledger order by id " + order;
      try (Statement statement = from.createStatement();
          ResultSet rows = statement.executeQuery(all)) {
        while (rows.next()) {
          byte[] result = rows.getBytes(3);
          target.put(rows.getString(1), rows.getLong(2), result == null ? new byte[0] : result);
        }
        return;
      } catch (SQLException e) {
        onlyDamage(e);
      }
    }
  }

  /** Keeps the ids, by which records in memory name them. */
  static List<Lost> copyLosses(Connection from, Connection to) throws SQLException {
    List<Lost> copied = new ArrayList<>();
    String all = "select id, from_seq, to_seq, count, lane, cause from loss order by id";
    try (Statement statement = from.createStatement();
        ResultSet rows = statement.executeQuery(all);
        var insert = to.prepareStatement("insert into loss values(?,?,?,?,?,?)")) {
      while (rows.next()) {
        for (int column = 1; column <= 4; column++) {
          insert.setLong(column, rows.getLong(column));
        }
        insert.setString(5, rows.getString(5));
        insert.setString(6, rows.getString(6));
        insert.executeUpdate();
        copied.add(
            new Lost(
                rows.getLong(2),
                rows.getLong(3),
                rows.getLong(4),
                rows.getString(5),
                rows.getString(6)));
      }
    } catch (SQLException e) {
      onlyDamage(e);
    }
    return copied;
  }

  /** Damage is why we are here; anything else ends the salvage. */
  static void onlyDamage(SQLException e) throws SQLException {
    if (!Sql.isDamage(e)) {
      throw e;
    }
  }
}
