package io.polegate.console;

import io.polegate.api.data.Bytes;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.tools.BusTools;
import io.polegate.api.tools.BusTools.UnknownNameException;
import io.polegate.api.tools.Scan;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tools of a technician: trace, raw request, browse, scan. No request thread waits for a bus.
 * Thread-safe.
 */
final class Technician {
  static final int MOST_WAITING = 8;
  private static final Logger log = LoggerFactory.getLogger(Technician.class);
  private static final Problem LATE =
      new Problem(504, "still-running", "The bus has not answered yet", "try again later");

  private final BusTools tools;
  private final Duration longestWait;
  private final Semaphore places = new Semaphore(MOST_WAITING);

  Technician(BusTools tools, Duration longestWait) {
    this.tools = tools;
    this.longestWait = longestWait;
  }

  void trace(Exchange exchange) throws IOException, RefusedException {
    try {
      exchange.sendJson(JsonText.of(ToolJson.trace(tools.trace(exchange.variables().get(0)))));
    } catch (UnknownNameException e) {
      throw unknown(e);
    }
  }

  void request(Exchange exchange) throws IOException, RefusedException {
    ToolRequest wanted = ToolRequest.parse(RequestBody.json(exchange.request()), "hex", "device");
    Bytes request = bytes(wanted.text());
    String bus = exchange.variables().get(0);
    await(
        exchange,
        () -> tools.request(bus, wanted.settings(), request),
        answer ->
            json -> {
              json.writeStartObject();
              json.writeStringField("hex", answer.toHex());
              json.writeEndObject();
            });
  }

  private static Bytes bytes(String hex) throws RefusedException {
    try {
      return Bytes.ofHex(hex);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Problem.malformed("hex must be two digits per byte"), e);
    }
  }

  void browse(Exchange exchange) throws RefusedException {
    String node = Optional.ofNullable(exchange.request().getParameter("node")).orElse("");
    String bus = exchange.variables().get(0);
    await(exchange, () -> tools.browse(bus, node), ToolJson::nodes);
  }

  private <T> void await(
      Exchange exchange, Supplier<CompletionStage<T>> start, Function<T, JsonText.Content> result)
      throws RefusedException {
    if (!places.tryAcquire()) {
      throw new RefusedException(Problem.busy("too many requests to buses wait; try again"));
    }
    try {
      WaitingAnswer.await(
          exchange,
          start,
          new WaitingAnswer.Form<>(result, LATE, Technician::problem),
          longestWait,
          places::release);
    } catch (UnknownNameException e) {
      throw unknown(e);
    }
  }

  void startScan(Exchange exchange) throws IOException, RefusedException {
    ToolRequest wanted = ToolRequest.parse(RequestBody.json(exchange.request()), "driver", "known");
    try {
      Scan scan =
          tools
              .scan(wanted.text(), wanted.settings())
              .orElseThrow(
                  () ->
                      new RefusedException(
                          new Problem(
                              409,
                              "scan-runs",
                              "A scan runs already",
                              "see it with GET, end it with DELETE")));
      exchange.response().setStatus(202);
      send(exchange, scan);
    } catch (UnknownNameException e) {
      throw unknown(e);
    }
  }

  void showScan(Exchange exchange) throws IOException, RefusedException {
    send(exchange, lastScan());
  }

  void stopScan(Exchange exchange) throws IOException, RefusedException {
    Scan scan = lastScan();
    scan.stop();
    send(exchange, scan);
  }

  private Scan lastScan() throws RefusedException {
    return tools
        .lastScan()
        .orElseThrow(
            () -> new RefusedException(Problem.notFound("no scan was started; POST starts one")));
  }

  private static void send(Exchange exchange, Scan scan) throws IOException {
    exchange.sendJson(JsonText.of(ToolJson.scan(scan.progress())));
  }

  private static RefusedException unknown(UnknownNameException e) {
    return new RefusedException(Problem.notFound(words(e)), e);
  }

  private static Problem problem(Throwable failure) {
    if (failure instanceof InvalidSettingException wrong) {
      return Problem.malformed(wrong.key() + " " + words(wrong));
    }
    if (failure instanceof WriteRejectedException) {
      return new Problem(422, "rejected", "These bytes cannot be sent", words(failure));
    }
    if (failure instanceof DeviceSilentException) {
      return new Problem(504, "device-silent", "The device did not answer", words(failure));
    }
    if (failure instanceof EndpointDownException) {
      return new Problem(502, "bus-down", "The bus cannot be reached", words(failure));
    }
    if (failure instanceof UnsupportedOperationException) {
      return new Problem(
          501, "unsupported", "The driver of this bus cannot do that", words(failure));
    }
    if (failure instanceof RejectedExecutionException) {
      return Problem.busy(words(failure));
    }
    log.error("a tool failed", failure);
    return new Problem(500, "internal", "The gateway made a mistake", "see its log");
  }

  private static String words(Throwable error) {
    return Optional.ofNullable(error.getMessage()).orElse("");
  }
}
