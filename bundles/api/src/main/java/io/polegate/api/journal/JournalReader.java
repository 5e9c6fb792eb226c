package io.polegate.api.journal;

import java.util.List;

/**
 * The uplinks' side of the journal: committed items only, so that no number is ever sent and then
 * used again.
 */
public interface JournalReader {

  /**
   * The cursor of one connection, made on first use and remembered with the data. A new connection
   * starts at the oldest item still there. Thread-safe.
   */
  Cursor cursor(String connection);

  /**
   * Calls {@code listener} after each commit that added items, on a thread of the journal; it must
   * not block.
   *
   * @return closing it ends the calls
   */
  Subscription onCommit(Runnable listener);

  /** How the journal is doing. */
  JournalStatus status();

  /** Ends something. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** One connection's place in each lane. Thread-safe. */
  interface Cursor {

    /** Highest number of the lane that the platform is known to have, 0 at the start. */
    long acknowledged(Lane lane);

    /**
     * Items of one lane with numbers above {@code after}, ascending, at most {@code max}; empty
     * when there are none yet.
     *
     * @throws JournalException if the file cannot be read
     */
    List<Sequenced> read(Lane lane, long after, int max) throws JournalException;

    /**
     * Everything of the lane up to and including {@code seq} has arrived. Stored with the next
     * commit; after a power cut the place may be older, so items repeat with equal numbers. Going
     * back is ignored.
     */
    void acknowledge(Lane lane, long seq);

    /** Items of the lane not yet acknowledged. */
    long pending(Lane lane);
  }
}
