package io.polegate.buffer;

import io.polegate.api.journal.Lane;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the file remembers of the thinning of a lane: how many items are missing inside its blocks,
 * up to which block, and where thinning goes on. For one thread.
 */
final class Thinned {
  private final Marks marks;
  private final String suffix;

  Thinned(Marks marks, Lane lane) {
    this.marks = marks;
    this.suffix = "-" + Lost.wireName(lane);
  }

  static PerLane<Thinned> all(Marks marks) {
    Map<Lane, Thinned> lanes = new EnumMap<>(Lane.class);
    for (Lane lane : Lane.values()) {
      lanes.put(lane, new Thinned(marks, lane));
    }
    return PerLane.of(lanes);
  }

  /** In a file whose blocks are packed anew. */
  static void forget(Marks marks) throws SQLException {
    for (Lane lane : Lane.values()) {
      Thinned lanes = new Thinned(marks, lane);
      lanes.put("thin-missing", 0);
      lanes.put("thin-to", 0);
      lanes.put("thin-place", 0);
    }
  }

  /** Items that thinning took out of blocks that are there. */
  long missing() throws SQLException {
    return marks.get("thin-missing" + suffix);
  }

  /** Nothing above this number was thinned. */
  long to() throws SQLException {
    return marks.get("thin-to" + suffix);
  }

  /** Blocks that start at or below this number have been through the present pass. */
  long place() throws SQLException {
    return marks.get("thin-place" + suffix);
  }

  void moveTo(long place) throws SQLException {
    put("thin-place", place);
  }

  /** Part of the transaction that takes them. */
  void took(long items, long to) throws SQLException {
    put("thin-missing", missing() + items);
    put("thin-to", Math.max(to(), to));
  }

  /** Part of the transaction that takes the oldest block, of which {@code kept} items are there. */
  void evicted(Block block, int kept) throws SQLException {
    if (missing() > 0) {
      put("thin-missing", Math.max(0, missing() - (block.count - kept)));
    }
  }

  private void put(String name, long value) throws SQLException {
    marks.put(name + suffix, value);
  }
}
