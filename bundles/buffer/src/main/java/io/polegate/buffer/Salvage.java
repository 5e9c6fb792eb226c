package io.polegate.buffer;

import io.polegate.api.journal.Lane;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/**
 * Brings what can be read of a damaged file into a new one. Only blocks whose checksum holds are
 * taken, so nothing comes out that did not go in. For one thread.
 */
final class Salvage {
  private static final int BLOCKS_PER_COMMIT = 256;

  private final Path damaged;
  private final Path target;
  private final long top;
  private final long floor;
  private final Set<Long> announced;
  private long items;

  /**
   * @param damaged its first page is written anew, so that the rest can be read at all
   * @param target made by this
   * @param top highest number that may have been used
   * @param floor missing numbers up to here were evicted in good order
   * @param announced ids of losses whose records wait in memory
   */
  Salvage(Path damaged, Path target, long top, long floor, Set<Long> announced) {
    this.damaged = damaged;
    this.target = target;
    this.top = top;
    this.floor = floor;
    this.announced = announced;
  }

  /**
   * Does it.
   *
   * @return items that were saved
   */
  long run() throws SQLException, IOException {
    DatabaseFile.create(target);
    putFirstPage();
    try (Connection to = DatabaseFile.writer(target)) {
      Sql.pragma(to, "pragma wal_autocheckpoint=500");
      Sql.run(to, "begin immediate");
      try (Connection from = Sql.connect(damaged)) {
        Sql.pragma(from, "pragma cell_size_check=true");
        copy(from, to);
      }
      Sql.run(to, "commit");
    }
    Folders.syncFile(target);
    return items;
  }

  private void copy(Connection from, Connection to) throws SQLException {
    Losses losses = new Losses(to, () -> 0, announced, Losses.Between.NOTHING);
    Marks marks = new Marks(to);
    copyMarks(from, marks);
    LaneBytes.forget(marks);
    Thinned.forget(marks);
    Holes holes = new Holes(floor(from, marks), top);
    for (Lane lane : Lane.values()) {
      copyLane(from, to, lane, holes);
    }
    SmallTables.copyCursors(from, to, top);
    SmallTables.copyLedger(from, to);
    SmallTables.copyLosses(from, to).forEach(holes::account);
    losses.load(to);
    for (Lost lost : holes.result()) {
      losses.add(lost);
    }
    marks.put(Marks.LAST, top);
  }

  /** Nothing that is still there can have been evicted, whatever a damaged mark says. */
  private long floor(Connection from, Marks marks) throws SQLException {
    long first =
        new BlockSweep(from, Lane.TELEMETRY, top).next().map(block -> block.first).orElse(top);
    return Math.min(Math.max(floor, marks.get(Marks.FLOOR)), Math.max(0, first - 1));
  }

  private void copyLane(Connection from, Connection to, Lane lane, Holes holes)
      throws SQLException {
    BlockSweep sweep = new BlockSweep(from, lane, top);
    BlockTable table = new BlockTable(to, lane);
    long last = 0;
    long end = -1;
    long ordinal = 0;
    int blocks = 0;
    for (Optional<Block> row = sweep.next(); row.isPresent(); row = sweep.next()) {
      Optional<DecodedBlock> decoded = decode(row.get(), lane, last);
      if (decoded.isEmpty()) {
        continue;
      }
      DecodedBlock block = decoded.get();
      if (end >= 0) {
        holes.between(lane, last, end, block);
      }
      holes.account(block.items());
      last = block.last();
      end = block.ordinal() + block.span();
      if (!block.items().isEmpty()) {
        table.insert(again(block, ordinal));
        ordinal += block.items().size();
        items += block.items().size();
      }
      if (++blocks % BLOCKS_PER_COMMIT == 0) {
        Sql.run(to, "commit");
        Sql.run(to, "begin immediate");
      }
    }
  }

  private Optional<DecodedBlock> decode(Block row, Lane lane, long last) {
    try {
      DecodedBlock block = BlockDecoder.decode(row.body);
      boolean fits = block.lane() == lane && block.first() > last && block.last() <= top;
      return fits ? Optional.of(block) : Optional.empty();
    } catch (DamagedBlockException e) {
      return Optional.empty();
    }
  }

  private static Block again(DecodedBlock block, long ordinal) {
    BlockEncoder encoder = new BlockEncoder(block.lane(), block.first());
    block.items().forEach(item -> encoder.add(item.seq(), item.item()));
    return encoder.finish(ordinal);
  }

  private static void copyMarks(Connection from, Marks marks) throws SQLException {
    try (PreparedStatement query = from.prepareStatement("select name, value from mark")) {
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          marks.put(rows.getString(1), rows.getLong(2));
        }
      }
    } catch (SQLException e) {
      SmallTables.onlyDamage(e);
    }
  }

  /**
   * The schema is always the same, so the first page of a fresh file leads to all tables, and its
   * empty tables stand in for what is cut off.
   */
  private void putFirstPage() throws IOException {
    ByteBuffer fresh = ByteBuffer.wrap(Files.readAllBytes(target));
    long pages = Files.size(damaged) / DatabaseFile.PAGE_BYTES;
    long needed = Math.max(pages, fresh.capacity() / DatabaseFile.PAGE_BYTES);
    // size of the database in pages; no free pages
    fresh.putInt(28, (int) needed).putInt(32, 0).putInt(36, 0);
    try (FileChannel file = FileChannel.open(damaged, StandardOpenOption.WRITE)) {
      file.write(fresh.slice(0, DatabaseFile.PAGE_BYTES), 0);
      int cutOff = (int) Math.max(1, pages) * DatabaseFile.PAGE_BYTES;
      if (pages < needed) {
        file.write(fresh.slice(cutOff, fresh.capacity() - cutOff), cutOff);
      }
      file.force(true);
    }
  }
}
