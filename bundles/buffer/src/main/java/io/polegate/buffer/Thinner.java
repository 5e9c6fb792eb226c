package io.polegate.buffer;

import io.polegate.api.data.SampleTime;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Sequenced;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a lane smaller by taking every second reading of each point, pass after pass from the old
 * end, until those of a point lie so far apart that no detail is left to give. The blocks it goes
 * through are joined, numbers stay. For the writer thread, inside a transaction.
 */
final class Thinner {
  /** Readings of a point that lie further apart stay. */
  static final Duration COARSEST = Duration.ofMinutes(15);

  private static final int RUN_ITEMS = 1024;
  private static final long RUN_BYTES = 64_000;
  private static final int RUN_BLOCKS = 256;

  /** So many runs in which nothing could be taken are enough for one call. */
  private static final int MOST_USELESS = 64;

  /** A pass that takes less than this part is followed by a rest. */
  private static final int WORTHWHILE = 8;

  private final BlockTable table;
  private final Cursors cursors;
  private final Losses losses;
  private final LaneBytes bytes;
  private final Thinned thinned;
  private final Map<Point, Kept> kept = new HashMap<>();
  private long seen;
  private long taken;
  private long restUntil;
  private long lost;

  Thinner(BlockTable table, Cursors cursors, Losses losses, LaneBytes bytes, Thinned thinned) {
    this.table = table;
    this.cursors = cursors;
    this.losses = losses;
    this.bytes = bytes;
    this.thinned = thinned;
  }

  /** Items lost so far. */
  long lost() {
    return lost;
  }

  /**
   * Takes some readings, oldest first.
   *
   * @return whether there were any to take
   */
  boolean step() throws SQLException {
    Optional<Block> newest = table.newest();
    for (int i = 0; i < MOST_USELESS; i++) {
      if (newest.isEmpty() || newest.get().end() < restUntil) {
        return false;
      }
      List<DecodedBlock> run = new ArrayList<>();
      long runBytes = gather(newest.get(), run);
      if (run.isEmpty()) {
        endPass(newest.get());
      } else if (thin(run, runBytes)) {
        return true;
      }
    }
    return false;
  }

  /** The next blocks, but for the newest, at which the lane goes on. */
  private long gather(Block newest, List<DecodedBlock> run) throws SQLException {
    long place = thinned.place();
    long runBytes = 0;
    int items = 0;
    while (items < RUN_ITEMS && runBytes < RUN_BYTES && run.size() < RUN_BLOCKS) {
      Optional<Block> row = table.after(place).filter(block -> block.first < newest.first);
      if (row.isEmpty()) {
        break;
      }
      place = row.get().first;
      Optional<DecodedBlock> block = decode(row.get());
      if (block.isPresent() && follows(run, block.get())) {
        run.add(block.get());
        items += block.get().items().size();
        runBytes += LaneBytes.of(row.get());
      } else if (run.isEmpty()) {
        // damaged: whoever reads it will see to it
        thinned.moveTo(place);
      } else {
        break;
      }
    }
    return runBytes;
  }

  private static Optional<DecodedBlock> decode(Block row) {
    try {
      return Optional.of(BlockDecoder.decode(row.body)).filter(row::agrees);
    } catch (DamagedBlockException e) {
      return Optional.empty();
    }
  }

  private static boolean follows(List<DecodedBlock> run, DecodedBlock block) {
    if (run.isEmpty()) {
      return true;
    }
    DecodedBlock before = run.get(run.size() - 1);
    return before.ordinal() + before.span() == block.ordinal();
  }

  private void endPass(Block newest) throws SQLException {
    if (taken * WORTHWHILE <= seen) {
      restUntil = newest.end() + Math.max(RUN_ITEMS, seen / 4);
    }
    seen = 0;
    taken = 0;
    kept.clear();
    thinned.moveTo(0);
  }

  private boolean thin(List<DecodedBlock> run, long runBytes) throws SQLException {
    List<Sequenced> stay = new ArrayList<>();
    List<Sequenced> go = new ArrayList<>();
    for (DecodedBlock block : run) {
      block.items().forEach(item -> (isSpare(item.item()) ? go : stay).add(item));
    }
    seen += stay.size() + go.size();
    taken += go.size();
    if (go.isEmpty()) {
      thinned.moveTo(run.get(run.size() - 1).first());
      return false;
    }
    Block joined = join(run, stay);
    thinned.moveTo(joined.first);
    thinned.took(go.size(), joined.last);
    bytes.changed(joined.lane, LaneBytes.of(joined) - runBytes);
    record(go);
    return true;
  }

  private Block join(List<DecodedBlock> run, List<Sequenced> stay) throws SQLException {
    DecodedBlock first = run.get(0);
    BlockEncoder encoder = new BlockEncoder(first.lane(), first.first());
    stay.forEach(item -> encoder.add(item.seq(), item.item()));
    int span = run.stream().mapToInt(DecodedBlock::span).sum();
    Block joined = encoder.finish(first.ordinal(), span);
    for (DecodedBlock block : run.subList(1, run.size())) {
      table.delete(block.first());
    }
    table.rewrite(joined);
    return joined;
  }

  private void record(List<Sequenced> go) throws SQLException {
    long delivered = cursors.deliveredToAll(go.get(0).item().lane());
    List<Sequenced> missed = go.stream().filter(item -> item.seq() > delivered).toList();
    if (!missed.isEmpty()) {
      long from = missed.get(0).seq();
      long to = missed.get(missed.size() - 1).seq();
      losses.add(Lost.of(from, to, missed.size(), missed.get(0).item().lane(), Lost.THINNED));
      lost += missed.size();
    }
  }

  private boolean isSpare(JournalItem item) {
    if (!(item instanceof JournalItem.PointReading reading)) {
      return false;
    }
    SampleTime time = reading.reading().time();
    Point point = new Point(reading.device(), reading.point());
    Kept before = kept.get(point);
    boolean spare = before != null && before.nextMayGo() && before.isNear(time);
    kept.put(
        point, spare && before != null ? new Kept(before.time(), false) : new Kept(time, true));
    return spare;
  }

  private record Point(String device, String point) {}

  /** The reading of a point that stayed last. */
  private record Kept(SampleTime time, boolean nextMayGo) {
    boolean isNear(SampleTime other) {
      return Duration.between(time.instant(), other.instant()).abs().compareTo(COARSEST) < 0;
    }
  }
}
