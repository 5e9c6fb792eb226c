package io.polegate.buffer;

import io.polegate.api.journal.JournalException;
import io.polegate.api.journal.Lane;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The reading side of the database file, shared by all cursors. Each call is short and holds a lock
 * that the writer takes when it needs the log to itself. Thread-safe.
 */
final class BlockReader {
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Consumer<Request> repairs;
  private final Runs runs;
  private @Nullable Tables tables;
  private long epoch;

  /**
   * @param repairs takes what has to be done about damage that is found
   * @param runs puts right the times of what is read
   */
  BlockReader(Consumer<Request> repairs, Runs runs) {
    this.repairs = repairs;
    this.runs = runs;
  }

  /** From now on this file is read. */
  void open(Path file, long newEpoch) throws SQLException {
    close();
    lock.lock();
    try {
      tables = new Tables(DatabaseFile.reader(file));
      epoch = newEpoch;
    } finally {
      lock.unlock();
    }
  }

  void close() throws SQLException {
    lock.lock();
    try {
      if (tables != null) {
        tables.connection.close();
      }
      tables = null;
    } finally {
      lock.unlock();
    }
  }

  /** Does something while nobody reads. */
  void undisturbed(Quiet work) throws SQLException, IOException {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The block that holds the first item above {@code after}.
   *
   * @param previous the block that was read before, if it ended at {@code after}
   * @param previousEpoch of the file that it was read from; in another file the blocks may be
   *     numbered anew, and not to follow is no damage
   * @return empty if there is none yet, or if it is damaged and about to be repaired
   */
  Optional<DecodedBlock> next(
      Lane lane, long after, Optional<DecodedBlock> previous, long previousEpoch)
      throws JournalException {
    return query(
        "read",
        open -> next(open.table(lane), lane, after, previous.filter(b -> previousEpoch == epoch)));
  }

  /** Items of the lane from {@code after} on, not counting it. */
  long pending(Lane lane, long after) throws JournalException {
    return query("count", open -> pending(open.table(lane), open.thinned.get(lane), after));
  }

  /** The blocks that start below a number, newest first; those that are damaged are left out. */
  List<DecodedBlock> before(Lane lane, long seq, int most) throws JournalException {
    return query("look back in", open -> before(open.table(lane), lane, seq, most));
  }

  /** The highest number at which a block of the lane starts; 0 if there is none. */
  long newest(Lane lane) throws JournalException {
    return query(
        "look back in", open -> open.table(lane).newest().map(block -> block.first).orElse(0L));
  }

  List<String> unfinishedCommands() throws JournalException {
    return query("read the ledger of", open -> open.ledger.unfinished());
  }

  /** Changes when times that were read before have been put right. */
  long corrections() {
    return runs.changes();
  }

  /** Changes when another file takes the place of this one. */
  long epoch() {
    lock.lock();
    try {
      return epoch;
    } finally {
      lock.unlock();
    }
  }

  private Optional<DecodedBlock> next(
      BlockTable table, Lane lane, long after, Optional<DecodedBlock> previous)
      throws SQLException {
    if (previous.isPresent()) {
      Optional<Block> following = table.after(previous.get().first());
      if (following.filter(block -> follows(previous.get(), block)).isPresent()) {
        return decode(lane, following.get());
      }
    }
    Optional<Block> row = table.atOrBefore(after).filter(block -> block.last > after);
    if (row.isEmpty()) {
      row = table.after(after);
    }
    if (row.isEmpty()) {
      return Optional.empty();
    }
    Block block = row.get();
    if (previous.isPresent() && !isSound(table, block)) {
      repairs.accept(new SalvageFile(epoch, "blocks are missing before " + block.first));
      return Optional.empty();
    }
    return decode(lane, block);
  }

  private List<DecodedBlock> before(BlockTable table, Lane lane, long seq, int most)
      throws SQLException {
    List<DecodedBlock> blocks = new ArrayList<>();
    long place = seq;
    while (blocks.size() < most) {
      Optional<Block> block = table.atOrBefore(place - 1);
      if (block.isEmpty()) {
        break;
      }
      decode(lane, block.get()).ifPresent(blocks::add);
      place = block.get().first;
    }
    return blocks;
  }

  private static boolean follows(DecodedBlock previous, Block block) {
    return block.ordinal == previous.ordinal() + previous.span();
  }

  /** Blocks go only from the old end, so one that is not the oldest has its predecessor. */
  private static boolean isSound(BlockTable table, Block block) throws SQLException {
    return table
        .atOrBefore(block.first - 1)
        .map(before -> before.end() == block.ordinal)
        .orElse(true);
  }

  private Optional<DecodedBlock> decode(Lane lane, Block block) {
    try {
      DecodedBlock decoded = BlockDecoder.decode(block.body);
      if (block.agrees(decoded)) {
        return Optional.of(runs.corrected(decoded));
      }
      repairs.accept(new SalvageFile(epoch, "row and block differ at " + block.first));
    } catch (DamagedBlockException e) {
      repairs.accept(new BuryBlock(lane, block.first));
    }
    return Optional.empty();
  }

  private static long pending(BlockTable table, Thinned thinned, long after) throws SQLException {
    Optional<Block> newest = table.newest();
    if (newest.isEmpty() || newest.get().last <= after) {
      return 0;
    }
    long spanned = newest.get().end() - ordinalAfter(table, after);
    return Math.max(1, spanned - thinnedAfter(table, thinned, after));
  }

  /** Items that thinning took above a number; between its ends an estimate. */
  private static long thinnedAfter(BlockTable table, Thinned thinned, long after)
      throws SQLException {
    long missing = thinned.missing();
    long from = missing == 0 ? 0 : table.oldest().map(block -> block.first).orElse(0L);
    long to = thinned.to();
    if (missing == 0 || after >= to) {
      return 0;
    }
    return after < from ? missing : missing * (to - after) / (to - from + 1);
  }

  private static long ordinalAfter(BlockTable table, long after) throws SQLException {
    Optional<Block> holder = table.atOrBefore(after);
    if (holder.isEmpty()) {
      return table.oldest().map(block -> block.ordinal).orElse(0L);
    }
    Block block = holder.get();
    if (block.last <= after) {
      return block.end();
    }
    try {
      return block.ordinal + BlockDecoder.decode(block.body).indexAfter(after);
    } catch (DamagedBlockException e) {
      // whoever reads it will report it; a count may be off until then
      return block.ordinal;
    }
  }

  /** The driver gives up a statement that failed. */
  private void renew(SQLException cause) {
    try {
      if (tables != null) {
        tables = new Tables(tables.connection);
      }
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private <T> T query(String verb, Query<T> query) throws JournalException {
    lock.lock();
    try {
      if (tables == null) {
        throw new JournalException(
            "cannot " + verb + " the journal", new IllegalStateException("file is not open"));
      }
      return query.run(tables);
    } catch (SQLException e) {
      if (Sql.isDamage(e)) {
        repairs.accept(new SalvageFile(epoch, String.valueOf(e.getMessage())));
      }
      renew(e);
      throw new JournalException("cannot " + verb + " the journal", e);
    } finally {
      lock.unlock();
    }
  }

  /** Work for which readers wait. */
  interface Quiet {
    void run() throws SQLException, IOException;
  }

  private interface Query<T> {
    T run(Tables tables) throws SQLException;
  }

  private static final class Tables {
    final Connection connection;
    final LedgerTable ledger;
    final PerLane<Thinned> thinned;
    private final PerLane<BlockTable> blocks;

    Tables(Connection connection) throws SQLException {
      this.connection = connection;
      this.ledger = new LedgerTable(connection);
      this.thinned = Thinned.all(new Marks(connection));
      this.blocks = BlockTable.all(connection);
    }

    BlockTable table(Lane lane) {
      return blocks.get(lane);
    }
  }
}
