package io.polegate.cloud;

import io.polegate.api.command.Command;
import io.polegate.api.command.CommandGateway;
import io.polegate.api.command.CommandResult;
import io.polegate.api.command.CommandStatus;
import io.polegate.api.journal.JournalItem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Does every command at once and journals the result; each id once. */
final class FakeCommands implements CommandGateway {
  private final InMemoryJournal journal;
  private final List<Command> done = new CopyOnWriteArrayList<>();
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final AtomicInteger entered = new AtomicInteger();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  FakeCommands(InMemoryJournal journal) {
    this.journal = journal;
  }

  /** Until {@link #unblock}, submit waits. */
  void block() {
    gate = new CountDownLatch(1);
  }

  void unblock() {
    gate.countDown();
  }

  /** Commands that came, the waiting one included. */
  int entered() {
    return entered.get();
  }

  List<Command> done() {
    return List.copyOf(done);
  }

  @Override
  public CompletionStage<CommandResult> submit(Command command) {
    entered.incrementAndGet();
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    CommandResult result =
        new CommandResult(
            command.id(),
            CommandStatus.DONE,
            Optional.of(command.value()),
            "",
            InMemoryJournal.TIME);
    if (known.add(command.id())) {
      done.add(command);
      journal.append(new JournalItem.Result(result));
    }
    return CompletableFuture.completedFuture(result);
  }
}
