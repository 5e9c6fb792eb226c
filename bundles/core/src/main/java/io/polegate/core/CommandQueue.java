package io.polegate.core;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Predicate;

/**
 * Commands that wait for an endpoint, oldest first. Commands for devices that answer go before
 * those that may cost a time-out, so that a command waits for one time-out at most. Thread-safe.
 */
final class CommandQueue {
  static final int MOST_WAITING = 64;

  private final BlockingQueue<PendingCommand> waiting = new ArrayBlockingQueue<>(MOST_WAITING);

  /** Takes a command in; false when the queue is full. */
  boolean offer(PendingCommand command) {
    return waiting.offer(command);
  }

  /** Takes a command back; false when it had its turn or its answer already. */
  boolean withdraw(PendingCommand command) {
    return waiting.remove(command);
  }

  /**
   * Hands out the command whose turn it is.
   *
   * @param ready whether its bus can work on it
   * @param mayCostTimeout whether one for a device that is silent may go
   */
  Optional<PendingCommand> next(Predicate<PendingCommand> ready, boolean mayCostTimeout) {
    Optional<PendingCommand> healthy =
        first(command -> ready.test(command) && !command.device().isSuspect());
    return healthy.or(() -> mayCostTimeout ? first(ready) : Optional.empty());
  }

  private Optional<PendingCommand> first(Predicate<PendingCommand> which) {
    return waiting.stream().filter(which).findFirst().filter(waiting::remove);
  }

  /** Answers some of those that wait: nothing was tried. */
  void fail(Predicate<PendingCommand> which, String message) {
    for (PendingCommand command : waiting) {
      if (which.test(command) && waiting.remove(command)) {
        command.failed(message);
      }
    }
  }

  /** How many wait for this bus. */
  int count(String bus) {
    return (int) waiting.stream().filter(command -> command.device().bus().equals(bus)).count();
  }
}
