package io.polegate.api.journal;

import io.polegate.api.command.CommandResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Remembers the ids of commands over restarts and power cuts. Kept by the journal, in the same
 * file. Thread-safe.
 */
public interface CommandLedger {

  /**
   * Remembers an id; durable when it returns.
   *
   * @param forgetAfter when the id may be forgotten: the deadline refuses the command from then on
   * @return what is known of the id from before: empty if it is new and may act
   * @throws JournalException if it cannot be made durable: the command must not act
   */
  Optional<Remembered> begin(String id, Instant forgetAfter) throws JournalException;

  /**
   * Stores the result with its id and appends it to the journal in one transaction; durable when it
   * returns.
   *
   * @throws JournalException if it cannot be made durable
   */
  void finish(CommandResult result) throws JournalException;

  /**
   * Ids that were begun and never finished, because the gateway was stopped in between.
   *
   * @throws JournalException if they cannot be read
   */
  List<String> unfinished() throws JournalException;

  /**
   * A command from before.
   *
   * @param result empty while it is still running
   */
  record Remembered(String id, Optional<CommandResult> result) {}
}
