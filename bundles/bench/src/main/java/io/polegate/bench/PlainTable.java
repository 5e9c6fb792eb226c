package io.polegate.bench;

import io.polegate.api.data.Reading;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem.PointReading;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Readings as anybody would store them first: a row for each. As durable as the journal. */
final class PlainTable implements AutoCloseable {
  static final String GOOD = "good";

  private final Connection connection;

  PlainTable(Path folder) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("plain.db"));
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma journal_mode=wal");
      statement.execute("pragma synchronous=full");
      statement.execute(
          "create table reading(seq integer primary key, device text not null,"
              + " point text not null, time integer not null, value, quality text not null)");
    }
    connection.setAutoCommit(false);
  }

  Connection connection() {
    return connection;
  }

  /** Inserts all, numbered from 1, and returns the number of commits. */
  int insert(List<PointReading> readings, int rowsPerCommit) throws SQLException {
    return insert(readings, 1, rowsPerCommit);
  }

  int insert(List<PointReading> readings, int first, int rowsPerCommit) throws SQLException {
    int commits = 0;
    try (PreparedStatement insert =
        connection.prepareStatement("insert into reading values(?, ?, ?, ?, ?, ?)")) {
      for (int from = 0; from < readings.size(); from += rowsPerCommit) {
        int to = Math.min(readings.size(), from + rowsPerCommit);
        for (int i = from; i < to; i++) {
          bind(insert, first + i, readings.get(i));
          insert.addBatch();
        }
        insert.executeBatch();
        connection.commit();
        commits++;
      }
    }
    return commits;
  }

  private static void bind(PreparedStatement insert, long seq, PointReading item)
      throws SQLException {
    insert.setLong(1, seq);
    insert.setString(2, item.device());
    insert.setString(3, item.point());
    insert.setLong(4, item.reading().time().instant().toEpochMilli());
    if (item.reading() instanceof Reading.Good good) {
      if (good.value() instanceof Value.Int number) {
        insert.setLong(5, number.value());
      } else if (good.value() instanceof Value.Real number) {
        insert.setDouble(5, number.value());
      }
      insert.setString(6, GOOD);
    } else if (item.reading() instanceof Reading.Bad bad) {
      insert.setObject(5, null);
      insert.setString(6, bad.reason().wireName());
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
