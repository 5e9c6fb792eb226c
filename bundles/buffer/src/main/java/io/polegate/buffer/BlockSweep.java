package io.polegate.buffer;

import io.polegate.api.journal.Lane;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Goes through the blocks of one lane of a damaged file and steps over what cannot be read. For one
 * thread.
 */
final class BlockSweep {
  private static final long LONGEST_STEP = 1024;

  private final BlockTable table;
  private final long top;
  private long place = -1;

  /**
   * @param top highest number that may have been used
   */
  BlockSweep(Connection connection, Lane lane, long top) throws SQLException {
    this.table = new BlockTable(connection, lane);
    this.top = top;
  }

  /** The next block that can be read, whatever it says; empty at the end. */
  Optional<Block> next() throws SQLException {
    Optional<Block> block = tryAfter(place);
    if (block.isEmpty() && place < top && !ended) {
      block = stepOver();
    }
    block.ifPresent(found -> place = Math.max(place + 1, found.first));
    return block;
  }

  private boolean ended;

  private Optional<Block> stepOver() throws SQLException {
    long bad = place;
    long step = 1;
    while (bad < top) {
      long probe = Math.min(top, bad + step);
      Optional<Block> block = tryAfter(probe);
      if (block.isPresent() || ended) {
        return firstBetween(bad, probe, block);
      }
      bad = probe;
      step = Math.min(LONGEST_STEP, step * 2);
    }
    return Optional.empty();
  }

  /** Narrows down where reading works again. */
  private Optional<Block> firstBetween(long bad, long good, Optional<Block> found)
      throws SQLException {
    Optional<Block> best = found;
    long low = bad;
    long high = good;
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      Optional<Block> block = tryAfter(middle);
      if (block.isPresent()) {
        best = block;
        high = middle;
      } else if (ended) {
        high = middle;
      } else {
        low = middle;
      }
    }
    ended = best.isEmpty();
    return best;
  }

  private Optional<Block> tryAfter(long seq) throws SQLException {
    ended = false;
    try {
      Optional<Block> block = table.after(seq);
      ended = block.isEmpty();
      return block;
    } catch (SQLException e) {
      if (!Sql.isDamage(e)) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
