package io.polegate.buffer;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.LongSupplier;

/**
 * Shares the byte limit between the database and its write-ahead log and keeps both within it. For
 * the writer thread.
 */
final class Space {
  private static final long LEAST_LIMIT = 1_000_000;
  private static final long LEAST_LOG = 256_000;
  private static final long MOST_LOG = 4_000_000;

  /** The shared-memory file and the sequence file. */
  private static final long SIDE_FILES = 66_000;

  private static final int VACUUM_PAGES = 262_144 / DatabaseFile.PAGE_BYTES;

  /** So many do no harm; they will be needed again. */
  private static final long MANY_FREE_PAGES = 1_048_576 / DatabaseFile.PAGE_BYTES;

  /** What any transaction may write beside its blocks. */
  private static final long TRANSACTION_BYTES = 65_536;

  private final Connection connection;
  private final Path log;
  private final LongSupplier limit;
  private final PreparedStatement pages;
  private final PreparedStatement freePages;
  private final LogIndex logIndex;

  Space(Connection connection, Path file, LongSupplier limit) throws SQLException, IOException {
    this.connection = connection;
    this.log = Folders.sibling(file, "-wal");
    this.limit = limit;
    this.pages = connection.prepareStatement("pragma page_count");
    this.freePages = connection.prepareStatement("pragma freelist_count");
    this.logIndex = new LogIndex(Folders.sibling(file, "-shm"));
  }

  /** The limit under which a database of that size may stay as it is, but not grow. */
  static long limitFor(long databaseBytes) {
    long rest = databaseBytes + SIDE_FILES;
    return rest + Math.max(LEAST_LOG, Math.min(MOST_LOG, rest / 7)) + DatabaseFile.PAGE_BYTES;
  }

  /** Most bytes of items that one transaction should bring. */
  static long transactionBytes(long limitBytes) {
    return logBudget(limitBytes) / 8;
  }

  /** With what is only in the log yet. */
  long databaseBytes() throws SQLException {
    return Sql.number(pages) * DatabaseFile.PAGE_BYTES;
  }

  /** Whether that much more fits into the database. */
  boolean fits(long bytes) throws SQLException {
    long used = (Sql.number(pages) - Sql.number(freePages)) * DatabaseFile.PAGE_BYTES;
    return used + TRANSACTION_BYTES + bytes + bytes / 4 <= databaseBudget();
  }

  /** Whether the next transaction might make the log longer than it should be. */
  boolean wantsCheckpoint() throws IOException {
    return logIndex.frames() * WalScan.FRAME >= logBudget(limit.getAsLong()) / 2;
  }

  /** Moves the log into the database. Nobody may be reading. */
  void checkpoint() throws SQLException, IOException {
    if (Folders.size(log) > logBudget(limit.getAsLong()) * 3 / 4) {
      emptyLog();
    } else {
      Sql.pragma(connection, "pragma wal_checkpoint(restart)");
    }
  }

  /** The same, and the log's place on the disk is free again. */
  void emptyLog() throws SQLException {
    Sql.pragma(connection, "pragma wal_checkpoint(truncate)");
  }

  /** Whether the file is longer than the limit, or mostly empty, and has pages to give back. */
  boolean wantsShrinking() throws SQLException {
    long all = Sql.number(pages);
    long free = Sql.number(freePages);
    return free > 0
        && (all * DatabaseFile.PAGE_BYTES > databaseBudget()
            || free > Math.max(MANY_FREE_PAGES, all / 2));
  }

  /** Gives some free pages back. */
  void shrink() throws SQLException {
    Sql.run(connection, "pragma incremental_vacuum(" + VACUUM_PAGES + ")");
  }

  private long databaseBudget() {
    long bytes = Math.max(LEAST_LIMIT, limit.getAsLong());
    return bytes - logBudget(bytes) - SIDE_FILES;
  }

  private static long logBudget(long limitBytes) {
    return Math.max(LEAST_LOG, Math.min(MOST_LOG, limitBytes / 8));
  }
}
