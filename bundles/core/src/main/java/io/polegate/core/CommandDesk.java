package io.polegate.core;

import io.polegate.api.command.Command;
import io.polegate.api.command.CommandGateway;
import io.polegate.api.command.CommandResult;
import io.polegate.api.command.CommandStatus;
import io.polegate.api.journal.CommandLedger;
import io.polegate.api.journal.CommandLedger.Remembered;
import io.polegate.api.journal.JournalException;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.JournalWriter;
import io.polegate.api.time.PoleClock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where commands come in: remembers, checks, hands over to the bus, and makes every answer durable.
 * Thread-safe.
 */
final class CommandDesk implements CommandGateway {
  private static final Logger LOG = LoggerFactory.getLogger(CommandDesk.class);

  private final CommandLedger ledger;
  private final JournalWriter journal;
  private final CommandCheck check;
  private final Executor recorder;
  private final PoleClock clock;
  private final LongSupplier nanos;
  private final Map<String, CompletableFuture<CommandResult>> running = new ConcurrentHashMap<>();

  /**
   * A desk.
   *
   * @param recorder runs what waits for the disk, so that no bus ever does
   */
  CommandDesk(
      CommandLedger ledger,
      JournalWriter journal,
      CommandCheck check,
      Executor recorder,
      PoleClock clock,
      LongSupplier nanos) {
    this.ledger = ledger;
    this.journal = journal;
    this.check = check;
    this.recorder = recorder;
    this.clock = clock;
    this.nanos = nanos;
  }

  @Override
  public CompletionStage<CommandResult> submit(Command command) {
    CompletableFuture<CommandResult> answer = new CompletableFuture<>();
    CompletableFuture<CommandResult> earlier = running.putIfAbsent(command.id(), answer);
    if (earlier != null) {
      return earlier.minimalCompletionStage();
    }
    try {
      Deadline deadline = new Deadline(command.deadline(), clock.now());
      Optional<Remembered> remembered = ledger.begin(command.id(), deadline.forgetAfter());
      if (remembered.isPresent()) {
        repeat(remembered.get(), answer);
      } else {
        execute(command, deadline, answer);
      }
    } catch (JournalException e) {
      LOG.error("command \"{}\" refused: its id cannot be remembered", command.id(), e);
      refuseUnremembered(
          command, "the gateway cannot remember the id: " + Errors.inWords(e), answer);
    } catch (RuntimeException e) {
      LOG.error("command \"{}\" broke", command.id(), e);
      record(refusal(command, "an error inside the gateway: see its log"), answer);
    }
    return answer.minimalCompletionStage();
  }

  /**
   * Commands that a stop or a power cut interrupted: whether they took effect is not known, and
   * that is the answer.
   */
  void answerInterrupted() {
    try {
      for (String id : ledger.unfinished()) {
        ledger.finish(
            new CommandResult(
                id,
                CommandStatus.UNCONFIRMED,
                Optional.empty(),
                "the gateway was restarted while the command ran",
                clock.now()));
      }
    } catch (JournalException e) {
      LOG.error("interrupted commands cannot be answered", e);
    }
  }

  /** The platform asked again: it does not act again, and gets the same answer again. */
  private void repeat(Remembered remembered, CompletableFuture<CommandResult> answer) {
    CommandResult result =
        remembered
            .result()
            .orElseGet(
                () ->
                    new CommandResult(
                        remembered.id(),
                        CommandStatus.UNCONFIRMED,
                        Optional.empty(),
                        "an earlier command with this id never ended",
                        clock.now()));
    journal.append(new JournalItem.Result(result));
    complete(answer, result);
  }

  private void execute(
      Command command, Deadline deadline, CompletableFuture<CommandResult> answer) {
    Optional<String> refused =
        deadline
            .problem()
            .or(
                () ->
                    check.dispatch(
                        command,
                        nanos.getAsLong() + deadline.nanosLeft(),
                        result -> recorder.execute(() -> record(result, answer))));
    refused.ifPresent(message -> record(refusal(command, message), answer));
  }

  /** The journal gets the answer all the same: it keeps it in memory until it can write again. */
  private void refuseUnremembered(
      Command command, String message, CompletableFuture<CommandResult> answer) {
    CommandResult result = refusal(command, message);
    journal.append(new JournalItem.Result(result));
    complete(answer, result);
  }

  /** Makes the answer durable, then gives it. */
  private void record(CommandResult result, CompletableFuture<CommandResult> answer) {
    try {
      ledger.finish(result);
    } catch (JournalException | RuntimeException e) {
      LOG.error("result of command \"{}\" is not on disk", result.id(), e);
    }
    complete(answer, result);
  }

  private void complete(CompletableFuture<CommandResult> answer, CommandResult result) {
    running.remove(result.id(), answer);
    answer.complete(result);
  }

  private CommandResult refusal(Command command, String message) {
    return new CommandResult(
        command.id(), CommandStatus.REFUSED, Optional.empty(), message, clock.now());
  }
}
