package io.polegate.core;

import io.polegate.api.command.Command;
import io.polegate.api.command.CommandResult;
import io.polegate.api.command.CommandStatus;
import io.polegate.api.data.Value;
import io.polegate.api.time.PoleClock;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A checked command on its way through a bus.
 *
 * @param raw the value as the driver writes it
 * @param deadlineNanos the deadline on the monotonic clock, so that a clock that is set meanwhile
 *     changes nothing
 * @param answer takes the result, exactly once
 */
record PendingCommand(
    Command command,
    PolledDevice device,
    PolledPoint point,
    Value raw,
    long deadlineNanos,
    PoleClock clock,
    Consumer<CommandResult> answer) {

  void done(Optional<Value> readBack) {
    answer(CommandStatus.DONE, readBack, "");
  }

  void refused(String message) {
    answer(CommandStatus.REFUSED, Optional.empty(), message);
  }

  void failed(String message) {
    answer(CommandStatus.FAILED, Optional.empty(), message);
  }

  void unconfirmed(Optional<Value> readBack, String message) {
    answer(CommandStatus.UNCONFIRMED, readBack, message);
  }

  private void answer(CommandStatus status, Optional<Value> value, String message) {
    answer.accept(new CommandResult(command.id(), status, value, message, clock.now()));
  }
}
