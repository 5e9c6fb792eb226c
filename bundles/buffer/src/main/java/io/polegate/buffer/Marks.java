package io.polegate.buffer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** Numbers that outlive the blocks they came from. For one thread; closed with the connection. */
final class Marks {
  /** Highest number ever committed, as of the last eviction. */
  static final String LAST = "last";

  /** Telemetry up to here was evicted. */
  static final String FLOOR = "floor";

  private final PreparedStatement get;
  private final PreparedStatement put;
  private final PreparedStatement family;
  private final PreparedStatement delete;

  Marks(Connection connection) throws SQLException {
    get = connection.prepareStatement("select value from mark where name=?");
    put = connection.prepareStatement("insert or replace into mark values(?,?)");
    family = connection.prepareStatement("select name, value from mark where name>=? and name<?");
    delete = connection.prepareStatement("delete from mark where name=?");
  }

  long get(String name) throws SQLException {
    get.setString(1, name);
    return Sql.number(get);
  }

  /** All whose names begin so and go on with a colon. */
  Map<String, Long> family(String begin) throws SQLException {
    family.setString(1, begin + ":");
    family.setString(2, begin + ";");
    Map<String, Long> marks = new TreeMap<>();
    try (ResultSet rows = family.executeQuery()) {
      while (rows.next()) {
        marks.put(rows.getString(1), rows.getLong(2));
      }
    }
    return marks;
  }

  void delete(String name) throws SQLException {
    delete.setString(1, name);
    delete.executeUpdate();
  }

  void put(String name, long value) throws SQLException {
    put.setString(1, name);
    put.setLong(2, value);
    put.executeUpdate();
  }
}
