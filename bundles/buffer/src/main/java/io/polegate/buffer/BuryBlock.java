package io.polegate.buffer;

import io.polegate.api.journal.Lane;
import java.sql.SQLException;

/** Records the loss of a block that a reader found damaged. */
record BuryBlock(Lane lane, long first) implements Request {

  @Override
  public void run(Store store) throws SQLException, DamagedBlockException {
    store.bury(lane, first);
  }

  @Override
  public void done() {
    // the commit wakes the readers
  }

  @Override
  public void failed(Throwable cause) {
    // the next read finds it again
  }
}
