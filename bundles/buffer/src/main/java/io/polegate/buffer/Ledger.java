package io.polegate.buffer;

import io.polegate.api.command.CommandResult;
import io.polegate.api.journal.CommandLedger.Remembered;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Keeps the ids of commands bounded: at most {@value #MOST_IDS}, and no more than fit into a
 * quarter of the journal's limit. For the writer thread.
 */
final class Ledger {
  private static final long MOST_IDS = 100_000;

  /** About what an id with its result takes on disk. */
  private static final long ID_BYTES = 512;

  private final LedgerTable table;
  private final InstantSource clock;
  private final LongSupplier limitBytes;
  private long size;

  Ledger(Connection connection, InstantSource clock, LongSupplier limitBytes) throws SQLException {
    this.table = new LedgerTable(connection);
    this.clock = clock;
    this.limitBytes = limitBytes;
    reload();
  }

  void reload() throws SQLException {
    size = table.size();
  }

  /** What was known of the id; from now on it is known. */
  Optional<Remembered> begin(String id, Instant forgetAfter) throws SQLException {
    Optional<Remembered> known = table.find(id);
    if (known.isEmpty()) {
      makeRoom();
      table.insert(id, forgetAfter);
      size++;
    }
    return known;
  }

  void finish(CommandResult result) throws SQLException {
    if (table.find(result.id()).isEmpty()) {
      makeRoom();
      size++;
    }
    table.finish(result, clock.instant());
  }

  private void makeRoom() throws SQLException {
    long most = Math.max(1, Math.min(MOST_IDS, limitBytes.getAsLong() / 4 / ID_BYTES));
    size -= table.forget(clock.instant());
    if (size >= most) {
      size -= table.forgetSoonest(size - most + 1);
    }
  }
}
