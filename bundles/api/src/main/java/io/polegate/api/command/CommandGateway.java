package io.polegate.api.command;

import java.util.concurrent.CompletionStage;

/** The one way to change something on a device. Thread-safe. */
public interface CommandGateway {

  /**
   * Remembers the id durably, checks, queues ahead of the polls of its bus, writes, reads back,
   * journals the result. May block for one commit of the journal, never for the bus.
   *
   * @return completed with the result after it is on disk; never exceptionally. An id that was seen
   *     before does not act: the earlier result is given again
   */
  CompletionStage<CommandResult> submit(Command command);
}
