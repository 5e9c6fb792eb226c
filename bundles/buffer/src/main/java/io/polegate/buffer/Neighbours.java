package io.polegate.buffer;

import io.polegate.api.journal.Lane;
import java.sql.SQLException;

/** Looks for blocks between two losses of a lane. For the writer thread. */
record Neighbours(PerLane<BlockTable> tables) implements Losses.Between {

  @Override
  public boolean isEmpty(Lost one, Lost other) throws SQLException {
    Lost lower = one.to() < other.from() ? one : other;
    Lost upper = one.to() < other.from() ? other : one;
    for (Lane lane : Lane.values()) {
      if (Lost.wireName(lane).equals(one.lane())) {
        return tables.get(lane).after(lower.to()).filter(b -> b.first < upper.from()).isEmpty();
      }
    }
    return true;
  }
}
