package io.polegate.cloud;

import io.polegate.api.command.Command;
import io.polegate.api.command.CommandResult;
import io.polegate.api.command.CommandStatus;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands of one connection on their way to the gateway, which may block: they wait for a
 * thread of their own. What comes with a command is done when its id, or its refusal, is on disk.
 * {@link #start} once; nothing blocks; thread-safe.
 */
final class CommandQueue {
  private static final Logger LOG = LoggerFactory.getLogger(CommandQueue.class);
  private static final int WAITING_COMMANDS = 256;
  private static final Duration MALFORMED_EVENT_GAP = Duration.ofMinutes(1);

  private final String connection;
  private final Surroundings around;
  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(WAITING_COMMANDS);
  private final Thread thread;
  private volatile boolean stopped;
  private volatile String lastRetained = "";
  private Optional<Long> malformedEventNanos = Optional.empty();
  private long suppressed;

  private record Waiting(Command command, Runnable done) {}

  CommandQueue(String connection, Surroundings around) {
    this.connection = connection;
    this.around = around;
    this.thread = new Thread(this::submitAll, "uplink-" + connection + "-commands");
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Ends the thread; commands still waiting were not acknowledged and come again. */
  void stop() {
    stopped = true;
    thread.interrupt();
  }

  /** The origin of all commands of this connection. */
  Command.Origin origin() {
    return new Command.Origin(Command.Origin.Kind.CLOUD, connection);
  }

  /** Takes a command; refuses it if too many wait. */
  void take(Command command, Runnable done) {
    if (!queue.offer(new Waiting(command, done))) {
      refuse(command.id(), "too many commands are waiting: send it again later", done);
    }
  }

  /** Refuses a command that the broker kept; it hands it over at each connect: answered once. */
  void retained(String id, Runnable done) {
    if (lastRetained.equals(id)) {
      done.run();
      return;
    }
    refuse(
        id,
        "a retained command never acts: publish it without retain",
        () -> {
          lastRetained = id;
          done.run();
        });
  }

  /** Answers a command that does not act. */
  void refuse(String id, String why, Runnable done) {
    journal(
        new JournalItem.Result(
            new CommandResult(id, CommandStatus.REFUSED, Optional.empty(), why, around.now())),
        done);
  }

  /** Reports what cannot be answered, once a minute. */
  synchronized void malformed(String problem, int bytes, Runnable done) {
    long now = around.nanos().getAsLong();
    if (malformedEventNanos.isPresent()
        && now - malformedEventNanos.get() < MALFORMED_EVENT_GAP.toNanos()) {
      suppressed++;
      done.run();
      return;
    }
    malformedEventNanos = Optional.of(now);
    Map<String, Value> attributes =
        Map.of(
            "connection", new Value.Text(connection),
            "problem", new Value.Text(problem),
            "bytes", new Value.Int(bytes),
            "suppressed", new Value.Int(suppressed));
    suppressed = 0;
    journal(new JournalItem.Event(Lane.STATE, around.now(), "command-malformed", attributes), done);
  }

  private void journal(JournalItem item, Runnable done) {
    around
        .writer()
        .appendDurably(item)
        .whenComplete(
            (seq, failure) -> {
              if (failure == null) {
                done.run();
              }
            });
  }

  private void submitAll() {
    while (!stopped) {
      try {
        Waiting next = queue.take();
        submit(next);
      } catch (InterruptedException e) {
        // only stop() interrupts, and the loop has seen why
        LOG.debug("commands of \"{}\" end", connection, e);
      }
    }
  }

  private void submit(Waiting waiting) {
    try {
      around.commands().submit(waiting.command());
    } catch (RuntimeException | Error e) {
      LOG.error("command \"{}\" of \"{}\" broke", waiting.command().id(), connection, e);
      refuse(waiting.command().id(), "an error inside the gateway", waiting.done());
      return;
    }
    waiting.done().run();
  }
}
