package io.polegate.api.journal;

import java.util.concurrent.CompletionStage;

/** The core's side of the journal. Thread-safe. */
public interface JournalWriter {

  /**
   * Takes an item without blocking. It gets its sequence number at once and is on disk within the
   * commit interval of its lane. When the disk cannot keep up, the oldest waiting telemetry is
   * dropped and a gap recorded.
   */
  void append(JournalItem item);

  /**
   * As {@link #append}, and says when the item is on disk.
   *
   * @return completed with the sequence number after the commit, or exceptionally with a {@link
   *     JournalException}; never cancelled
   */
  CompletionStage<Long> appendDurably(JournalItem item);
}
