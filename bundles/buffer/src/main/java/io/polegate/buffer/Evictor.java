package io.polegate.buffer;

import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes room: first what every connection has, oldest first; then telemetry that nobody may have
 * yet, then states, alarms and results last. Always from the old end of a lane. For the writer
 * thread, inside a transaction.
 */
final class Evictor {
  private final PerLane<BlockTable> tables;
  private final Cursors cursors;
  private final Losses losses;

  /** Heads that were looked up; a lane whose head must be looked up is stale. */
  private final PerLane<Optional<Block>> oldest = PerLane.same(Optional.empty());

  private final Set<Lane> stale = EnumSet.allOf(Lane.class);
  private long telemetryFloor;
  private long evictions;

  Evictor(PerLane<BlockTable> tables, Cursors cursors, Losses losses) {
    this.tables = tables;
    this.cursors = cursors;
    this.losses = losses;
  }

  /** Telemetry up to here was evicted by this object; 0 if none was. */
  long telemetryFloor() {
    return telemetryFloor;
  }

  /** Blocks evicted so far. */
  long evictions() {
    return evictions;
  }

  /**
   * Frees the pages of some blocks until the space is enough or nothing is left.
   *
   * @return items lost
   */
  long makeRoom(Space space, long bytes) throws SQLException {
    stale.addAll(EnumSet.allOf(Lane.class));
    long lost = 0;
    while (!space.fits(bytes)) {
      Optional<Block> next = next();
      if (next.isEmpty()) {
        break;
      }
      lost += evict(next.get());
    }
    return lost;
  }

  private Optional<Block> next() throws SQLException {
    for (Lane lane : stale) {
      oldest.set(lane, tables.get(lane).oldest());
    }
    stale.clear();
    return first(
            Stream.of(Lane.values())
                .flatMap(lane -> oldest.get(lane).stream())
                .filter(block -> block.last <= cursors.deliveredToAll(block.lane)))
        .or(() -> oldest.get(Lane.TELEMETRY))
        .or(() -> oldest.get(Lane.STATE))
        .or(
            () ->
                first(
                    Stream.of(Lane.ALARM, Lane.RESULT).flatMap(lane -> oldest.get(lane).stream())));
  }

  private static Optional<Block> first(Stream<Block> blocks) {
    return blocks.min(Comparator.comparingLong(block -> block.first));
  }

  private long evict(Block block) throws SQLException {
    long delivered = cursors.deliveredToAll(block.lane);
    long lost = block.last <= delivered ? 0 : recordLoss(block, delivered);
    tables.get(block.lane).delete(block.first);
    stale.add(block.lane);
    evictions++;
    if (block.lane == Lane.TELEMETRY) {
      telemetryFloor = block.last;
    }
    return lost;
  }

  private long recordLoss(Block head, long delivered) throws SQLException {
    Block block = tables.get(head.lane).atOrBefore(head.first).orElse(head);
    try {
      DecodedBlock decoded = BlockDecoder.decode(block.body);
      List<Sequenced> items = decoded.items();
      List<Sequenced> missed = items.subList(decoded.indexAfter(delivered), items.size());
      if (!missed.isEmpty()) {
        record(block.lane, missed);
      }
      return missed.size();
    } catch (DamagedBlockException e) {
      losses.add(Lost.of(block.first, block.last, block.count, block.lane, Lost.DAMAGED));
      return block.count;
    }
  }

  private void record(Lane lane, List<Sequenced> missed) throws SQLException {
    long from = missed.get(0).seq();
    long to = missed.get(missed.size() - 1).seq();
    losses.add(Lost.of(from, to, missed.size(), lane, Lost.EVICTED));
    if (lane == Lane.ALARM) {
      // a gap record that nobody read must not take its gap with it
      for (Sequenced item : missed) {
        Optional<Lost> reported = Lost.fromEvent(item.item());
        if (reported.isPresent()) {
          losses.add(reported.get());
        }
      }
    }
  }
}
