package io.polegate.console;

import com.fasterxml.jackson.core.JsonGenerator;
import io.polegate.api.command.CommandResult;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request that waits for the result of its command. Whoever comes first answers it: the result or
 * the time-out. Thread-safe.
 */
final class WaitingCommand implements AsyncListener {
  private static final Logger log = LoggerFactory.getLogger(WaitingCommand.class);

  private final Exchange exchange;
  private final String id;
  private final Runnable release;
  private final AsyncContext async;
  private final AtomicBoolean answered = new AtomicBoolean();

  WaitingCommand(Exchange exchange, String id, Duration longestWait, Runnable release) {
    this.exchange = exchange;
    this.id = id;
    this.release = release;
    this.async = exchange.request().startAsync();
    async.setTimeout(longestWait.toMillis());
    async.addListener(this);
  }

  /** The command ended; called on a thread of the core, which must not wait for a browser. */
  void ended(@Nullable CommandResult result, @Nullable Throwable failure) {
    if (answered.compareAndSet(false, true)) {
      async.start(() -> answer(result, failure));
    }
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    if (answered.compareAndSet(false, true)) {
      finish(
          () ->
              new Problem(
                      504,
                      "still-running",
                      "The command has not ended yet",
                      "send it again with the id \""
                          + id
                          + "\": it acts once, and you get its result")
                  .writeTo(exchange.response()));
    }
  }

  @Override
  public void onError(AsyncEvent event) {
    if (answered.compareAndSet(false, true)) {
      async.complete();
    }
  }

  @Override
  public void onComplete(AsyncEvent event) {
    release.run();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // started once, in the constructor
  }

  private void answer(@Nullable CommandResult result, @Nullable Throwable failure) {
    if (result != null) {
      finish(() -> exchange.sendJson(JsonText.of(json -> write(json, result))));
    } else {
      log.error("command \"{}\" ended without a result", id, failure);
      finish(
          () ->
              new Problem(500, "internal", "The gateway made a mistake", "see its log")
                  .writeTo(exchange.response()));
    }
  }

  private void finish(Answer answer) {
    try {
      answer.send();
    } catch (IOException e) {
      log.debug("caller of command \"{}\" went away", id, e);
    } finally {
      async.complete();
    }
  }

  private static void write(JsonGenerator json, CommandResult result) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", result.id());
    json.writeStringField("status", result.status().wireName());
    if (result.value().isPresent()) {
      ValueJson.write(json, "value", result.value().get());
    }
    json.writeStringField("message", result.message());
    json.writeNumberField("time", result.time().instant().toEpochMilli());
    json.writeEndObject();
  }

  private interface Answer {
    void send() throws IOException;
  }
}
