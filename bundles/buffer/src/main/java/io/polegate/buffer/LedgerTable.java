package io.polegate.buffer;

import io.polegate.api.command.CommandResult;
import io.polegate.api.journal.CommandLedger.Remembered;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ids of commands on disk. For one thread at a time; closed with the connection. */
final class LedgerTable {
  /** For results of ids that were never begun. */
  private static final Duration KEEP = Duration.ofDays(1);

  private final PreparedStatement find;
  private final PreparedStatement insert;
  private final PreparedStatement finish;
  private final PreparedStatement forget;
  private final PreparedStatement shorten;
  private final PreparedStatement unfinished;
  private final PreparedStatement size;

  LedgerTable(Connection connection) throws SQLException {
    find = connection.prepareStatement("select id, result from ledger where id=?");
    insert = connection.prepareStatement("insert into ledger values(?,?,null)");
    finish =
        connection.prepareStatement(
            "insert into ledger values(?,?,?)"
                + " on conflict(id) do update set result=excluded.result");
    forget =
        connection.prepareStatement(
            "delete from ledger where id in (select id from ledger"
                + " where forget_after<? and result is not null order by forget_after limit 100)");
    shorten =
        connection.prepareStatement(
            "delete from ledger where id in"
                + " (select id from ledger order by forget_after limit ?)");
    unfinished =
        connection.prepareStatement("select id from ledger where result is null order by id");
    size = connection.prepareStatement("select count(*) from ledger");
  }

  long size() throws SQLException {
    return Sql.number(size);
  }

  Optional<Remembered> find(String id) throws SQLException {
    find.setString(1, id);
    try (ResultSet rows = find.executeQuery()) {
      return rows.next()
          ? Optional.of(new Remembered(id, decode(rows.getBytes(2))))
          : Optional.empty();
    }
  }

  void insert(String id, Instant forgetAfter) throws SQLException {
    insert.setString(1, id);
    insert.setLong(2, forgetAfter.getEpochSecond());
    insert.executeUpdate();
  }

  void finish(CommandResult result, Instant now) throws SQLException {
    BlockEncoder encoder = new BlockEncoder(Lane.RESULT, 1);
    encoder.add(1, new JournalItem.Result(result));
    put(result.id(), now.plus(KEEP).getEpochSecond(), encoder.finish(0).body);
  }

  /** As it stood in another file. */
  void put(String id, long forgetAfter, byte[] result) throws SQLException {
    finish.setString(1, id);
    finish.setLong(2, forgetAfter);
    if (result.length == 0) {
      finish.setNull(3, java.sql.Types.BLOB);
    } else {
      finish.setBytes(3, result);
    }
    finish.executeUpdate();
  }

  /** Forgets some of what may be forgotten by now. */
  int forget(Instant now) throws SQLException {
    forget.setLong(1, now.getEpochSecond());
    return forget.executeUpdate();
  }

  /** Forgets those that could be forgotten soonest. */
  int forgetSoonest(long count) throws SQLException {
    shorten.setLong(1, count);
    return shorten.executeUpdate();
  }

  List<String> unfinished() throws SQLException {
    List<String> ids = new ArrayList<>();
    try (ResultSet rows = unfinished.executeQuery()) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    return ids;
  }

  /** A result that cannot be read counts as none: the command must still not act again. */
  private static Optional<CommandResult> decode(byte @org.jspecify.annotations.Nullable [] result) {
    if (result == null) {
      return Optional.empty();
    }
    try {
      return BlockDecoder.decode(result).items().stream()
          .map(item -> item.item())
          .filter(JournalItem.Result.class::isInstance)
          .map(item -> ((JournalItem.Result) item).result())
          .findFirst();
    } catch (DamagedBlockException e) {
      return Optional.empty();
    }
  }
}
