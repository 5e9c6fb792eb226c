package io.polegate.buffer;

import io.polegate.api.journal.Lane;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where each lane goes on, and the packing of what goes on there. For the writer thread. */
final class Ends {
  private final PerLane<Long> ends = PerLane.same(0L);
  private long last;

  /**
   * Reads the ends of all lanes, and proves that they are sound.
   *
   * @throws DamagedBlockException if one is not
   */
  Ends(PerLane<BlockTable> tables) throws SQLException, DamagedBlockException {
    for (Lane lane : Lane.values()) {
      Optional<Block> newest = tables.get(lane).atOrBefore(Long.MAX_VALUE);
      ends.set(lane, newest.map(Block::end).orElse(0L));
      if (newest.isPresent() && newest.get().first > 0) {
        DecodedBlock decoded = BlockDecoder.decode(newest.get().body);
        if (!newest.get().agrees(decoded)) {
          throw new DamagedBlockException("the newest block of " + lane + " differs from its row");
        }
        last = Math.max(last, Math.max(newest.get().last, decoded.last()));
      }
    }
  }

  /** Highest number in the blocks that were there at first. */
  long last() {
    return last;
  }

  /** Number of items of the lane that were ever stored. */
  long of(Lane lane) {
    return ends.get(lane);
  }

  PerLane<Long> copy() {
    return ends.copy();
  }

  /** Forgets what was packed since that copy. */
  void setAll(PerLane<Long> before) {
    ends.setAll(before);
  }

  List<Block> pack(List<Waiting> items) {
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
}
