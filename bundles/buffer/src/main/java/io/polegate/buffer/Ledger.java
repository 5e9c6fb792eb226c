package io.polegate.buffer;

import io.polegate.api.command.CommandResult;
import io.polegate.api.journal.CommandLedger.Remembered;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Keeps the ids of commands bounded. For the writer thread. */
final class Ledger {
  private final LedgerTable table;
  private final InstantSource clock;
  private long size;

  Ledger(Connection connection, InstantSource clock) throws SQLException {
    this.table = new LedgerTable(connection);
    this.clock = clock;
    reload();
  }

  void reload() throws SQLException {
    size = table.size();
  }

  /** What was known of the id; from now on it is known. */
  Optional<Remembered> begin(String id, Instant forgetAfter) throws SQLException {
    Optional<Remembered> known = table.find(id);
    if (known.isEmpty()) {
      size -= table.forget(clock.instant());
      if (size >= LedgerTable.MAX_IDS) {
        size -= table.forgetSoonest(size - LedgerTable.MAX_IDS + 1);
      }
      table.insert(id, forgetAfter);
      size++;
    }
    return known;
  }

  void finish(CommandResult result) throws SQLException {
    if (table.find(result.id()).isEmpty()) {
      size++;
    }
    table.finish(result, clock.instant());
  }
}
