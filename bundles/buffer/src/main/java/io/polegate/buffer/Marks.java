package io.polegate.buffer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Numbers that outlive the blocks they came from. For one thread; closed with the connection. */
final class Marks {
  /** Highest number ever committed, as of the last eviction. */
  static final String LAST = "last";

  /** Telemetry up to here was evicted. */
  static final String FLOOR = "floor";

  private final PreparedStatement get;
  private final PreparedStatement put;

  Marks(Connection connection) throws SQLException {
    get = connection.prepareStatement("select value from mark where name=?");
    put = connection.prepareStatement("insert or replace into mark values(?,?)");
  }

  long get(String name) throws SQLException {
    get.setString(1, name);
    return Sql.number(get);
  }

  void put(String name, long value) throws SQLException {
    put.setString(1, name);
    put.setLong(2, value);
    put.executeUpdate();
  }
}
