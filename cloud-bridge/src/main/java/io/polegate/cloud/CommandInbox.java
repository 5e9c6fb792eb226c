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
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes commands off Paho's thread, which must not wait, and gives them to the gateway on a thread
 * of its own, which may. A command is acknowledged to the broker when its id, or its refusal, is on
 * disk; until then the broker sends it again. {@link #arrived} never blocks.
 */
final class CommandInbox implements Session.Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(CommandInbox.class);
  private static final int WAITING_COMMANDS = 256;
  private static final Duration MALFORMED_EVENT_GAP = Duration.ofMinutes(1);

  private final String connection;
  private final Surroundings around;
  private final Command.Origin origin;
  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(WAITING_COMMANDS);
  private final Thread thread;
  private volatile boolean stopped;
  private volatile String lastRetained = "";
  private Optional<Long> malformedEventNanos = Optional.empty();
  private long suppressed;

  private record Waiting(Command command, Runnable done) {}

  CommandInbox(String connection, Surroundings around) {
    this.connection = connection;
    this.around = around;
    this.origin = new Command.Origin(Command.Origin.Kind.CLOUD, connection);
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

  @Override
  public synchronized void arrived(MqttMessage message, Runnable done) {
    CommandParser.Parsed parsed = CommandParser.parse(message.getPayload(), origin);
    if (parsed instanceof CommandParser.Parsed.Malformed malformed) {
      malformed(malformed, message.getPayload().length, done);
    } else if (parsed instanceof CommandParser.Parsed.Valid valid) {
      valid(valid.command(), message.isRetained(), done);
    }
  }

  private void valid(Command command, boolean retained, Runnable done) {
    if (retained) {
      // the broker hands a retained message over at each connect: answer it once
      if (lastRetained.equals(command.id())) {
        done.run();
      } else {
        refuse(
            command.id(),
            "a retained command never acts: publish it without retain",
            () -> {
              lastRetained = command.id();
              done.run();
            });
      }
    } else if (!queue.offer(new Waiting(command, done))) {
      refuse(command.id(), "too many commands are waiting: send it again later", done);
    }
  }

  private void malformed(CommandParser.Parsed.Malformed malformed, int bytes, Runnable done) {
    if (malformed.id().isPresent()) {
      refuse(malformed.id().get(), "the command " + malformed.problem(), done);
      return;
    }
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
            "problem", new Value.Text("the command " + malformed.problem()),
            "bytes", new Value.Int(bytes),
            "suppressed", new Value.Int(suppressed));
    suppressed = 0;
    journal(new JournalItem.Event(Lane.STATE, around.now(), "command-malformed", attributes), done);
  }

  private void refuse(String id, String why, Runnable done) {
    journal(
        new JournalItem.Result(
            new CommandResult(id, CommandStatus.REFUSED, Optional.empty(), why, around.now())),
        done);
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
