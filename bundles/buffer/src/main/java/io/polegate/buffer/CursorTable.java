package io.polegate.buffer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The places of the connections on disk. For one thread; closed with the connection. */
final class CursorTable {
  private final Connection connection;
  private final PreparedStatement put;

  CursorTable(Connection connection) throws SQLException {
    this.connection = connection;
    this.put = connection.prepareStatement("insert or replace into cursor values(?,?,?)");
  }

  /** No place is above {@code last}: one that was garbled must not skip what is to come. */
  List<Cursors.Place> all(long last) throws SQLException {
    List<Cursors.Place> places = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select connection, lane, seq from cursor")) {
      while (rows.next()) {
        int lane = rows.getInt(2);
        if (lane >= 0 && lane < Codes.LANES.size()) {
          places.add(
              new Cursors.Place(
                  rows.getString(1), Codes.LANES.get(lane), Math.min(last, rows.getLong(3))));
        }
      }
    }
    return places;
  }

  void put(List<Cursors.Place> places) throws SQLException {
    for (Cursors.Place place : places) {
      put.setString(1, place.connection());
      put.setInt(2, Codes.LANES.indexOf(place.lane()));
      put.setLong(3, place.seq());
      put.executeUpdate();
    }
  }
}
