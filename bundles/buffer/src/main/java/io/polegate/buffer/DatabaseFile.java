package io.polegate.buffer;

import io.polegate.api.journal.Lane;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Makes and opens database files. Every file is made by the same statements in the same order, so
 * the first page of a fresh file can stand in for a damaged one. Stateless.
 */
final class DatabaseFile {
  static final int PAGE_BYTES = 512;

  private static final int APPLICATION_ID = 0x506F6C65;
  private static final int SCHEMA_VERSION = 1;
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  private DatabaseFile() {}

  /** Makes an empty journal; the schema is in the file itself, not in a write-ahead log. */
  static void create(Path file) throws SQLException, IOException {
    Files.deleteIfExists(file);
    Files.deleteIfExists(Folders.sibling(file, "-wal"));
    Files.deleteIfExists(Folders.sibling(file, "-journal"));
    try (Connection connection = Sql.connect(file)) {
      Sql.pragma(connection, "pragma page_size=" + PAGE_BYTES);
      Sql.pragma(connection, "pragma auto_vacuum=incremental");
      Sql.pragma(connection, "pragma application_id=" + APPLICATION_ID);
      Sql.pragma(connection, "pragma user_version=" + SCHEMA_VERSION);
      for (Lane lane : Lane.values()) {
        Sql.run(
            connection,
            "create table "
                + Sql.table(lane)
                + "(first_seq integer primary key, last_seq integer not null,"
                + " ordinal integer not null, count integer not null, body blob not null)");
      }
      Sql.run(
          connection,
          "create table cursor(connection text not null, lane integer not null,"
              + " seq integer not null, primary key(connection, lane)) without rowid");
      Sql.run(
          connection,
          "create table loss(id integer primary key, from_seq integer not null,"
              + " to_seq integer not null, count integer not null, lane text not null,"
              + " cause text not null)");
      Sql.run(
          connection,
          "create table ledger(id text primary key, forget_after integer not null, result blob)"
              + " without rowid");
      Sql.run(connection, "create index ledger_age on ledger(forget_after)");
      Sql.run(
          connection,
          "create table mark(name text primary key, value integer not null) without rowid");
      Sql.pragma(connection, "pragma journal_mode=wal");
    }
    Folders.syncFile(file);
  }

  /** A connection for the writer: nothing is acknowledged before it is on disk. */
  static Connection writer(Path file) throws SQLException {
    return configured(file, "pragma synchronous=full");
  }

  /** A connection that only reads. */
  static Connection reader(Path file) throws SQLException {
    return configured(file, "pragma query_only=true");
  }

  /** Whether the first page has what {@link #create} put there. */
  static boolean hasGoodHeader(Path file) throws IOException {
    byte[] head = new byte[100];
    try (var in = Files.newInputStream(file)) {
      if (in.readNBytes(head, 0, head.length) < head.length) {
        return false;
      }
    }
    ByteBuffer fields = ByteBuffer.wrap(head);
    return Arrays.equals(head, 0, 16, MAGIC, 0, 16)
        && fields.getShort(16) == PAGE_BYTES
        && head[18] == 2
        && head[19] == 2
        && fields.getInt(20) == 0x00402020
        && fields.getInt(44) == 4
        && fields.getInt(56) == 1
        && fields.getInt(60) == SCHEMA_VERSION
        && fields.getInt(64) == 1
        && fields.getInt(68) == APPLICATION_ID
        && isAllThere(file, fields.getInt(28));
  }

  /** A cut while the log moves into the file leaves it short; then the log has the rest. */
  private static boolean isAllThere(Path file, long pages) throws IOException {
    return pages * PAGE_BYTES <= Files.size(file)
        || Folders.size(Folders.sibling(file, "-wal")) > 0;
  }

  private static Connection configured(Path file, String pragma) throws SQLException {
    Connection connection = Sql.connect(file);
    try {
      Sql.pragma(connection, "pragma journal_mode=wal");
      Sql.pragma(connection, "pragma wal_autocheckpoint=0");
      Sql.pragma(connection, "pragma busy_timeout=2000");
      Sql.pragma(connection, "pragma cache_size=-1000");
      Sql.pragma(connection, "pragma cell_size_check=true");
      Sql.pragma(connection, pragma);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
