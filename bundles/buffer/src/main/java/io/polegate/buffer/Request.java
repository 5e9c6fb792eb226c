package io.polegate.buffer;

import java.sql.SQLException;

/** Work on the file that somebody waits for. Called on the writer thread. */
interface Request {

  /** Does it, as part of a transaction that may still be undone. */
  void run(Store store) throws SQLException, DamagedBlockException;

  /** The transaction is on disk. */
  void done();

  /** Nothing of it happened. */
  void failed(Throwable cause);
}
