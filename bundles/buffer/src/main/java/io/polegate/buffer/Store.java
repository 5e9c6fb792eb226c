package io.polegate.buffer;

import io.polegate.api.config.JournalSpec;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.api.time.PoleClock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The writing side of one database file. For the writer thread. */
final class Store implements AutoCloseable {
  private final Connection connection;
  private final long epoch;
  private final Cursors cursors;
  private final PerLane<BlockTable> tables;
  private final Ends ends;
  private final CursorTable cursorTable;
  private final Marks marks;
  private final Losses losses;
  private final Ledger ledger;
  private final Space space;
  private final LaneBytes bytes;
  private final Ages ages;
  private final Room room;
  private final Upkeep upkeep;
  private long last;
  private long lostItems;
  private long storedChanges;

  /** Opens a file and reads what has to be known of it. */
  Store(Path file, long epoch, Surroundings around)
      throws SQLException, IOException, DamagedBlockException {
    this.epoch = epoch;
    connection = DatabaseFile.writer(file);
    try {
      cursors = around.cursors();
      upkeep = around.upkeep();
      tables = BlockTable.all(connection);
      ends = new Ends(tables);
      cursorTable = new CursorTable(connection);
      marks = new Marks(connection);
      losses = new Losses(connection, around.nanos(), around.announced(), new Neighbours(tables));
      ledger = new Ledger(connection, around.clock(), upkeep.free()::limitBytes);
      space = new Space(connection, file, upkeep.free()::limitBytes);
      bytes = new LaneBytes(connection, marks);
      ages = new Ages(connection, marks, around.nanos());
      room = Room.of(tables, cursors, losses, bytes, space, ages, marks, around.spec());
      last = Math.max(Math.max(marks.get(Marks.LAST), highestLoss()), ends.last());
      upkeep.load(marks, last);
      cursors.load(cursorTable.all(last));
    } catch (SQLException | IOException | DamagedBlockException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Tells this file from those before it. */
  long epoch() {
    return epoch;
  }

  /** Highest number on disk. */
  long last() {
    return last;
  }

  /** Missing numbers up to here were evicted. */
  long floor() throws SQLException {
    return marks.get(Marks.FLOOR);
  }

  /** Items lost by eviction and damage since this object was made. */
  long lostItems() {
    return lostItems;
  }

  Losses losses() {
    return losses;
  }

  Ledger ledger() {
    return ledger;
  }

  Space space() {
    return space;
  }

  /** Whether there is something to do although nothing comes. */
  boolean wantsCommit() throws SQLException {
    return space.wantsShrinking() || room.isOverfull() || (judgesAges() && ages.misses(last));
  }

  /** Whether time alone makes something to do. */
  boolean judgesAges() {
    return room.judgesAges();
  }

  /**
   * Whether this batch is on disk. A failing disk may say that a commit failed and have it all the
   * same, which shows when the file is opened again.
   */
  boolean holds(Batch batch) throws SQLException {
    for (Waiting item : batch.items()) {
      if (tables
          .get(item.item.lane())
          .atOrBefore(item.seq())
          .filter(block -> block.last >= item.seq())
          .isPresent()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Brings everything of the batch to disk, or nothing.
   *
   * @return the items that are on disk; a lane that keeps its oldest items may refuse others
   */
  List<Waiting> commit(Batch batch) throws SQLException, DamagedBlockException {
    PerLane<Long> endsBefore = ends.copy();
    long lostBefore = lostItems;
    long roomLost = room.lost();
    Sql.run(connection, "begin immediate");
    try {
      for (Request request : batch.requests()) {
        request.run(this);
      }
      List<Waiting> admitted = room.admit(batch.items());
      List<Block> blocks = ends.pack(admitted);
      makeRoom(blocks);
      for (Block block : blocks) {
        tables.get(block.lane).insert(block);
        bytes.added(block);
      }
      lostItems += room.lost() - roomLost;
      settle(batch);
      Cursors.Snapshot places = cursors.snapshot();
      boolean newPlaces = cursors.unstoredSinceNanos().isPresent();
      if (newPlaces) {
        cursorTable.put(places.places());
      }
      Sql.run(connection, "commit");
      last = Math.max(last, batch.highest());
      if (newPlaces) {
        cursors.stored(places);
      }
      return admitted;
    } catch (SQLException | DamagedBlockException | RuntimeException e) {
      lostItems = lostBefore;
      rollBack(endsBefore, e);
      throw e;
    }
  }

  /**
   * Puts an empty block in the place of one that does not decode, and records the loss. Part of a
   * transaction.
   *
   * @throws DamagedBlockException if its neighbours do not fit either: the file needs salvage
   */
  void bury(Lane lane, long first) throws SQLException, DamagedBlockException {
    BlockTable table = tables.get(lane);
    Optional<Block> found = table.atOrBefore(first).filter(block -> block.first == first);
    if (found.isEmpty() || isBuried(found.get())) {
      return;
    }
    Block block = found.get();
    Optional<Block> next = table.after(first);
    long nextOrdinal = next.map(after -> after.ordinal).orElse(ends.of(lane));
    if (block.count <= 0 || block.end() != nextOrdinal || block.last < first) {
      throw new DamagedBlockException("block at " + first + " does not fit its neighbours");
    }
    long to = next.map(after -> after.first - 1).orElse(block.last);
    byte[] stone = BlockEncoder.tombstone(lane, first, block.ordinal, block.count);
    table.replace(first, stone);
    bytes.changed(lane, stone.length - block.size);
    bytes.store(last);
    losses.add(Lost.of(first, to, block.count, lane, Lost.DAMAGED));
    lostItems += block.count;
  }

  /** Moves the log into the database if it has grown. Nobody may be reading. */
  void tidy() throws SQLException, IOException {
    boolean asked = upkeep.free().takeCheckpointWish();
    if (space.wantsShrinking()) {
      while (space.wantsShrinking()) {
        space.shrink();
        if (space.wantsCheckpoint()) {
          space.checkpoint();
        }
      }
      space.emptyLog();
    } else if (asked) {
      space.emptyLog();
    } else if (space.wantsCheckpoint()) {
      space.checkpoint();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private void makeRoom(List<Block> blocks) throws SQLException {
    room.make(blocks);
    if (room.changes() != storedChanges || bytes.wantsStoring()) {
      storedChanges = room.changes();
      marks.put(Marks.FLOOR, Math.max(floor(), room.telemetryFloor()));
      marks.put(Marks.LAST, last);
      bytes.store(last);
    }
    if (judgesAges() && ages.wantsMilestone()) {
      ages.putMilestone(last);
    }
    upkeep.store(marks);
  }

  private void settle(Batch batch) throws SQLException {
    for (Lost lost : batch.dropped()) {
      losses.add(lost);
    }
    for (Waiting item : batch.items()) {
      if (item.lossId != Waiting.NO_LOSS) {
        losses.delete(item.lossId);
      }
      if (item.finishesCommand && item.item instanceof JournalItem.Result result) {
        ledger.finish(result.result());
      }
    }
  }

  private void rollBack(PerLane<Long> endsBefore, Exception cause) {
    ends.setAll(endsBefore);
    try {
      Sql.run(connection, "rollback");
    } catch (SQLException e) {
      // SQLite may have rolled back by itself
      cause.addSuppressed(e);
    }
    try {
      losses.load(connection);
      ledger.reload();
      bytes.load();
      ages.load();
      storedChanges = room.changes();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private long highestLoss() throws SQLException {
    return Sql.number(connection, "select max(to_seq) from loss");
  }

  private static boolean isBuried(Block block) throws DamagedBlockException {
    DecodedBlock decoded;
    try {
      decoded = BlockDecoder.decode(block.body);
    } catch (DamagedBlockException e) {
      return false;
    }
    if (!decoded.items().isEmpty()) {
      // only what this connection has in memory is sound
      throw new DamagedBlockException("block at " + block.first + " is damaged on disk");
    }
    return true;
  }

  /**
   * What outlives a file.
   *
   * @param spec what holds at present
   * @param upkeep what is known of the disk
   * @param announced ids of losses whose records wait in memory
   */
  record Surroundings(
      Cursors cursors,
      PoleClock clock,
      LongSupplier nanos,
      Supplier<JournalSpec> spec,
      Upkeep upkeep,
      Set<Long> announced) {}
}
