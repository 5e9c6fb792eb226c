package io.polegate.console;

import com.fasterxml.jackson.core.JsonGenerator;
import io.polegate.api.command.Command;
import io.polegate.api.command.Command.Origin;
import io.polegate.api.command.CommandGateway;
import io.polegate.api.command.CommandResult;
import io.polegate.api.live.PointStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives commands to points and answers with their results. No request thread waits for a bus.
 * Thread-safe.
 */
final class Commands {
  static final int MOST_WAITING = 32;
  private static final Logger log = LoggerFactory.getLogger(Commands.class);
  private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(10);
  private static final Duration LATEST_DEADLINE = Duration.ofDays(1);
  private static final Origin ORIGIN = new Origin(Origin.Kind.CONSOLE, "local");

  private final Gateway gateway;
  private final CommandGateway commands;
  private final InstantSource clock;
  private final Duration longestWait;
  private final Semaphore places = new Semaphore(MOST_WAITING);

  Commands(Gateway gateway, CommandGateway commands, InstantSource clock, Duration longestWait) {
    this.gateway = gateway;
    this.commands = commands;
    this.clock = clock;
    this.longestWait = longestWait;
  }

  void post(Exchange exchange) throws IOException, RefusedException {
    String device = exchange.variables().get(0);
    String point = exchange.variables().get(1);
    byte[] body = RequestBody.json(exchange.request());
    Command command = command(device, point, CommandRequest.parse(body));
    requireKnown(device, point);
    if (!places.tryAcquire()) {
      throw new RefusedException(Problem.busy("too many commands are waiting; try again"));
    }
    WaitingAnswer.await(
        exchange,
        () -> commands.submit(command),
        new WaitingAnswer.Form<>(
            result -> json -> write(json, result),
            late(command.id()),
            failure -> failed(command.id(), failure)),
        longestWait,
        places::release);
  }

  private static Problem late(String id) {
    return new Problem(
        504,
        "still-running",
        "The command has not ended yet",
        "send it again with the id \"" + id + "\": it acts once, and you get its result");
  }

  private static Problem failed(String id, Throwable failure) {
    log.error("command \"{}\" ended without a result", id, failure);
    return new Problem(500, "internal", "The gateway made a mistake", "see its log");
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

  private Command command(String device, String point, CommandRequest request)
      throws RefusedException {
    Instant now = clock.instant();
    Instant deadline = request.deadline().orElse(now.plus(DEFAULT_DEADLINE));
    if (deadline.isAfter(now.plus(LATEST_DEADLINE))) {
      throw new RefusedException(
          Problem.malformed("deadline may be at most " + LATEST_DEADLINE.toHours() + " h ahead"));
    }
    String id = request.id().orElseGet(() -> UUID.randomUUID().toString());
    return new Command(id, device, point, request.value(), deadline, ORIGIN);
  }

  private void requireKnown(String device, String point) throws RefusedException {
    boolean known =
        gateway.now().device(device).stream()
            .flatMap(status -> status.points().stream())
            .map(PointStatus::spec)
            .anyMatch(spec -> spec.id().equals(point));
    if (!known) {
      throw new RefusedException(
          Problem.notFound("the list of devices and points is at /api/v1/devices"));
    }
  }
}
