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

  private static final int VACUUM_PAGES = 64;

  /** So many do no harm; they will be needed again. */
  private static final long MANY_FREE_PAGES = 256;

  /** Pages that any transaction may touch beside its blocks. */
  private static final long TRANSACTION_PAGES = 16;

  private final Connection connection;
  private final Path log;
  private final LongSupplier limit;
  private final PreparedStatement pages;
  private final PreparedStatement freePages;
  private long loggedBytes;

  Space(Connection connection, Path file, LongSupplier limit) throws SQLException, IOException {
    this.connection = connection;
    this.log = Folders.sibling(file, "-wal");
    this.limit = limit;
    this.pages = connection.prepareStatement("pragma page_count");
    this.freePages = connection.prepareStatement("pragma freelist_count");
    // what a power cut left; many of them in a row must not make it grow without end
    this.loggedBytes = Folders.size(log);
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
    long used = Sql.number(pages) - Sql.number(freePages) + TRANSACTION_PAGES;
    return used * DatabaseFile.PAGE_BYTES + bytes + bytes / 4 <= databaseBudget();
  }

  /** A transaction with that many bytes of blocks is in the log. */
  void logged(long bytes) {
    loggedBytes += bytes + bytes / 4 + TRANSACTION_PAGES * DatabaseFile.PAGE_BYTES;
  }

  boolean wantsCheckpoint() {
    return loggedBytes >= logBudget(limit.getAsLong()) / 2;
  }

  /** Moves the log into the database. Nobody may be reading. */
  void checkpoint() throws SQLException, IOException {
    boolean tooLong = Folders.size(log) > logBudget(limit.getAsLong()) * 3 / 4;
    Sql.pragma(
        connection, tooLong ? "pragma wal_checkpoint(truncate)" : "pragma wal_checkpoint(restart)");
    loggedBytes = 0;
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
    logged(VACUUM_PAGES * DatabaseFile.PAGE_BYTES);
  }

  private long databaseBudget() {
    long bytes = Math.max(LEAST_LIMIT, limit.getAsLong());
    return bytes - logBudget(bytes) - SIDE_FILES;
  }

  private static long logBudget(long limitBytes) {
    return Math.max(LEAST_LOG, Math.min(MOST_LOG, limitBytes / 8));
  }
}
