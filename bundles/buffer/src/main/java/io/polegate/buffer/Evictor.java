package io.polegate.buffer;

import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Takes blocks away, always from the old end of a lane. For the writer thread. */
final class Evictor {
  private final PerLane<BlockTable> tables;
  private final Cursors cursors;
  private final Losses losses;
  private final LaneBytes bytes;
  private final PerLane<Thinned> thinned;

  /** Heads that were looked up; a lane whose head must be looked up is stale. */
  private final PerLane<Optional<Block>> oldest = PerLane.same(Optional.empty());

  private final Set<Lane> stale = EnumSet.allOf(Lane.class);
  private long telemetryFloor;
  private long evictions;
  private long lost;

  Evictor(
      PerLane<BlockTable> tables,
      Cursors cursors,
      Losses losses,
      LaneBytes bytes,
      PerLane<Thinned> thinned) {
    this.thinned = thinned;
    this.tables = tables;
    this.cursors = cursors;
    this.losses = losses;
    this.bytes = bytes;
  }

  /** Telemetry up to here was evicted by this object; 0 if none was. */
  long telemetryFloor() {
    return telemetryFloor;
  }

  /** Blocks evicted so far. */
  long evictions() {
    return evictions;
  }

  /** Items lost so far. */
  long lost() {
    return lost;
  }

  /** Others may have changed the blocks. */
  void lookAnew() {
    stale.addAll(EnumSet.allOf(Lane.class));
  }

  /** The oldest block of a lane, without its body. */
  Optional<Block> oldest(Lane lane) throws SQLException {
    if (stale.remove(lane)) {
      oldest.set(lane, tables.get(lane).oldest());
    }
    return oldest.get(lane);
  }

  /** Takes the oldest block of these lanes that every connection has, if there is one. */
  boolean evictDelivered(Set<Lane> lanes) throws SQLException {
    return evict(first(lanes, this::isDelivered), Lost.EVICTED);
  }

  /** Takes the oldest block of a lane, if there is one. */
  boolean evictOldest(Lane lane, String cause) throws SQLException {
    return evict(oldest(lane), cause);
  }

  /** Takes the oldest block of these lanes, if there is one. */
  boolean evictFirst(Set<Lane> lanes) throws SQLException {
    return evict(first(lanes, block -> true), Lost.EVICTED);
  }

  private Optional<Block> first(Set<Lane> lanes, Predicate<Block> wanted) throws SQLException {
    Stream.Builder<Block> heads = Stream.builder();
    for (Lane lane : lanes) {
      oldest(lane).filter(wanted).ifPresent(heads);
    }
    return heads.build().min(Comparator.comparingLong(block -> block.first));
  }

  private boolean isDelivered(Block block) {
    return block.last <= cursors.deliveredToAll(block.lane);
  }

  private boolean evict(Optional<Block> block, String cause) throws SQLException {
    if (block.isPresent()) {
      evict(block.get(), cause);
    }
    return block.isPresent();
  }

  private void evict(Block block, String cause) throws SQLException {
    long delivered = cursors.deliveredToAll(block.lane);
    if (block.last > delivered || thinned.get(block.lane).missing() > 0) {
      lost += account(block, delivered, cause);
    }
    tables.get(block.lane).delete(block.first);
    bytes.changed(block.lane, -LaneBytes.of(block));
    stale.add(block.lane);
    evictions++;
    if (block.lane == Lane.TELEMETRY) {
      telemetryFloor = block.last;
    }
  }

  private long account(Block head, long delivered, String cause) throws SQLException {
    Block block = tables.get(head.lane).atOrBefore(head.first).orElse(head);
    try {
      DecodedBlock decoded = BlockDecoder.decode(block.body);
      List<Sequenced> items = decoded.items();
      thinned.get(block.lane).evicted(block, items.size());
      List<Sequenced> missed = items.subList(decoded.indexAfter(delivered), items.size());
      if (!missed.isEmpty()) {
        record(block.lane, missed, cause);
      }
      return missed.size();
    } catch (DamagedBlockException e) {
      losses.add(Lost.of(block.first, block.last, block.count, block.lane, Lost.DAMAGED));
      return block.count;
    }
  }

  private void record(Lane lane, List<Sequenced> missed, String cause) throws SQLException {
    long from = missed.get(0).seq();
    long to = missed.get(missed.size() - 1).seq();
    losses.add(Lost.of(from, to, missed.size(), lane, cause));
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
