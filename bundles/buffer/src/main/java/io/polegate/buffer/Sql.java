package io.polegate.buffer;

import io.polegate.api.journal.Lane;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The few words of SQLite that more than one part needs. Stateless. */
final class Sql {
  private Sql() {}

  static Connection connect(Path file) throws SQLException {
    Connection connection =
        new JDBC().connect("jdbc:sqlite:" + file.toAbsolutePath(), new Properties());
    if (connection == null) {
      throw new SQLException("no driver for \"" + file + "\"");
    }
    return connection;
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // runs to the end, also where SQLite works one step per row
      statement.executeUpdate(sql);
    }
  }

  /** For statements that may answer with rows nobody wants. */
  static void pragma(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  static long number(PreparedStatement query) throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  static String table(Lane lane) {
    return "block_" + lane.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether an error means that the file is damaged: everything that is not known to come from its
   * surroundings (no space, no permission, no memory, a failing disk).
   */
  static boolean isDamage(SQLException e) {
    if (!(e instanceof SQLiteException sqlite)) {
      return false;
    }
    int primary = sqlite.getResultCode().code & 0xFF;
    return primary == SQLiteErrorCode.SQLITE_CORRUPT.code
        || primary == SQLiteErrorCode.SQLITE_NOTADB.code
        || primary == SQLiteErrorCode.SQLITE_FORMAT.code
        || primary == SQLiteErrorCode.SQLITE_ERROR.code
        || primary == SQLiteErrorCode.SQLITE_CONSTRAINT.code
        || primary == SQLiteErrorCode.SQLITE_MISMATCH.code;
  }
}
