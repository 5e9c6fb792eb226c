package io.polegate.buffer;

import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.api.time.PoleClock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** The writing side of one database file. For the writer thread. */
final class Store implements AutoCloseable {
  private final Connection connection;
  private final long epoch;
  private final Cursors cursors;
  private final PerLane<BlockTable> tables;
  private final PerLane<Long> ends = PerLane.same(0L);
  private final CursorTable cursorTable;
  private final Marks marks;
  private final Losses losses;
  private final Ledger ledger;
  private final Space space;
  private final Evictor evictor;
  private long last;
  private long lostItems;

  /** Opens a file and reads what has to be known of it. */
  Store(Path file, long epoch, Surroundings around)
      throws SQLException, IOException, DamagedBlockException {
    this.epoch = epoch;
    connection = DatabaseFile.writer(file);
    try {
      cursors = around.cursors();
      tables = BlockTable.all(connection);
      cursorTable = new CursorTable(connection);
      marks = new Marks(connection);
      losses = new Losses(connection, around.nanos(), around.announced());
      ledger = new Ledger(connection, around.clock(), around.limit());
      space = new Space(connection, file, around.limit());
      evictor = new Evictor(tables, cursors, losses);
      last = Math.max(marks.get(Marks.LAST), highestLoss());
      findEnds();
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

  /**
   * Whether this batch is on disk. A failing disk may say that a commit failed and have it all the
   * same, which shows when the file is opened again.
   */
  boolean holds(Batch batch) throws SQLException {
    if (batch.items().isEmpty()) {
      return false;
    }
    Waiting item = batch.items().get(batch.items().size() - 1);
    return tables
        .get(item.item.lane())
        .atOrBefore(item.seq())
        .filter(block -> block.last >= item.seq())
        .isPresent();
  }

  /** Brings everything of the batch to disk, or nothing. */
  void commit(Batch batch) throws SQLException, DamagedBlockException {
    PerLane<Long> endsBefore = ends.copy();
    long lostBefore = lostItems;
    Sql.run(connection, "begin immediate");
    try {
      for (Request request : batch.requests()) {
        request.run(this);
      }
      List<Block> blocks = pack(batch.items());
      long bytes = blocks.stream().mapToLong(block -> block.body.length + 32L).sum();
      makeRoom(bytes);
      for (Block block : blocks) {
        tables.get(block.lane).insert(block);
      }
      settle(batch);
      Cursors.Snapshot places = cursors.snapshot();
      boolean newPlaces = cursors.unstoredSinceNanos().isPresent();
      if (newPlaces) {
        cursorTable.put(places.places());
      }
      Sql.run(connection, "commit");
      space.logged(bytes);
      last = Math.max(last, batch.highest());
      if (newPlaces) {
        cursors.stored(places);
      }
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
    if (found.isEmpty() || decodes(found.get())) {
      return;
    }
    Block block = found.get();
    Optional<Block> next = table.after(first);
    long nextOrdinal = next.map(after -> after.ordinal).orElse(ends.get(lane));
    if (block.count <= 0 || block.end() != nextOrdinal || block.last < first) {
      throw new DamagedBlockException("block at " + first + " does not fit its neighbours");
    }
    long to = next.map(after -> after.first - 1).orElse(block.last);
    table.replace(first, BlockEncoder.tombstone(lane, first, block.ordinal, block.count));
    losses.add(Lost.of(first, to, block.count, lane, Lost.DAMAGED));
    lostItems += block.count;
  }

  /** Moves the log into the database if it has grown. Nobody may be reading. */
  void tidy() throws SQLException, IOException {
    if (space.wantsShrinking()) {
      while (space.wantsShrinking()) {
        space.shrink();
        if (space.wantsCheckpoint()) {
          space.checkpoint();
        }
      }
      space.checkpoint();
    } else if (space.wantsCheckpoint()) {
      space.checkpoint();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private List<Block> pack(List<Waiting> items) {
    List<Block> blocks = new ArrayList<>();
    Map<Lane, BlockEncoder> open = new EnumMap<>(Lane.class);
    for (Waiting item : items) {
      Lane lane = item.item.lane();
      BlockEncoder encoder = open.computeIfAbsent(lane, key -> new BlockEncoder(key, item.seq()));
      encoder.add(item.seq(), item.item);
      if (encoder.isFull()) {
        blocks.add(finish(lane, encoder));
        open.remove(lane);
      }
    }
    open.forEach((lane, encoder) -> blocks.add(finish(lane, encoder)));
    return blocks;
  }

  private Block finish(Lane lane, BlockEncoder encoder) {
    Block block = encoder.finish(ends.get(lane));
    ends.set(lane, block.end());
    return block;
  }

  private void makeRoom(long bytes) throws SQLException {
    long before = evictor.evictions();
    lostItems += evictor.makeRoom(space, bytes);
    if (evictor.evictions() > before) {
      marks.put(Marks.FLOOR, Math.max(floor(), evictor.telemetryFloor()));
      marks.put(Marks.LAST, last);
    }
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
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private void findEnds() throws SQLException, DamagedBlockException {
    for (Lane lane : Lane.values()) {
      Optional<Block> newest = tables.get(lane).atOrBefore(Long.MAX_VALUE);
      ends.set(lane, newest.map(Block::end).orElse(0L));
      if (newest.isPresent() && newest.get().first > 0) {
        // also proves that the place where the lane goes on is sound
        DecodedBlock decoded = BlockDecoder.decode(newest.get().body);
        if (!newest.get().agrees(decoded)) {
          throw new DamagedBlockException("the newest block of " + lane + " differs from its row");
        }
        last = Math.max(last, Math.max(newest.get().last, decoded.last()));
      }
    }
  }

  private long highestLoss() throws SQLException {
    return Sql.number(connection, "select max(to_seq) from loss");
  }

  private static boolean decodes(Block block) {
    try {
      return BlockDecoder.decode(block.body).first() == block.first;
    } catch (DamagedBlockException e) {
      return false;
    }
  }

  /**
   * What outlives a file.
   *
   * @param limit most bytes on disk
   * @param announced ids of losses whose records wait in memory
   */
  record Surroundings(
      Cursors cursors,
      PoleClock clock,
      LongSupplier nanos,
      LongSupplier limit,
      Set<Long> announced) {}
}
