package io.polegate.cloud;

import io.polegate.api.command.Command;
import io.polegate.api.command.CommandResult;
import io.polegate.api.command.CommandStatus;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
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
  private static final int MALFORMED_A_MINUTE = 10;
  private static final int FORBIDDEN_A_MINUTE = 60;
  private static final long MINUTE_MILLIS = 60_000;

  private final String connection;
  private final Surroundings around;
  private final WritePermission permission;
  private final Budget nameless;
  private final Budget malformed;
  private final Budget forbidden;
  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(WAITING_COMMANDS);
  private final Thread thread;
  private volatile boolean stopped;
  private volatile String lastRetained = "";

  private record Waiting(Command command, Runnable done) {}

  CommandQueue(LinkOptions link, Surroundings around) {
    this.connection = link.connection();
    this.around = around;
    this.permission = link.commands();
    this.nameless = new Budget(1, around.nanos());
    this.malformed = new Budget(MALFORMED_A_MINUTE, around.nanos());
    this.forbidden = new Budget(FORBIDDEN_A_MINUTE, around.nanos());
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

  /** Takes a command; refuses it if it is not allowed here, or too many wait. */
  void take(Command command, Runnable done) {
    if (!permission.allows(command.device(), command.point())) {
      String why =
          "this connection may not write the point: its setting \"commands\" is \""
              + permission.text()
              + "\"";
      refuse(forbidden, command.id(), why, done);
    } else if (!queue.offer(new Waiting(command, done))) {
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
        malformed,
        id,
        "a retained command never acts: publish it without retain",
        () -> {
          lastRetained = id;
          done.run();
        });
  }

  /** Answers a command that cannot be understood; of a flood, the first ones of each minute. */
  void malformed(String id, String why, Runnable done) {
    refuse(malformed, id, why, done);
  }

  /** Reports what cannot be answered, once a minute. */
  void malformed(String problem, int bytes, Runnable done) {
    long suppressed = nameless.untold();
    if (!nameless.take()) {
      done.run();
      return;
    }
    Map<String, Value> attributes =
        Map.of(
            "connection", new Value.Text(connection),
            "problem", new Value.Text(problem),
            "bytes", new Value.Int(bytes),
            "suppressed", new Value.Int(suppressed));
    journal(event("command-malformed", attributes), done);
  }

  private void refuse(Budget budget, String id, String why, Runnable done) {
    if (budget.take()) {
      refuse(id, why, done);
    } else {
      done.run();
    }
  }

  private void refuse(String id, String why, Runnable done) {
    journal(
        new JournalItem.Result(
            new CommandResult(id, CommandStatus.REFUSED, Optional.empty(), why, around.now())),
        done);
  }

  private JournalItem.Event event(String type, Map<String, Value> attributes) {
    return new JournalItem.Event(Lane.STATE, around.now(), type, attributes);
  }

  /** Says how many got no answer, once their minute is over. */
  private void tellUntold() {
    long count = malformed.untold() + forbidden.untold();
    if (count > 0) {
      around
          .writer()
          .append(
              event(
                  "commands-refused",
                  Map.of("connection", new Value.Text(connection), "count", new Value.Int(count))));
    }
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
        Waiting next = queue.poll(MINUTE_MILLIS, TimeUnit.MILLISECONDS);
        if (next != null) {
          submit(next);
        }
        tellUntold();
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
