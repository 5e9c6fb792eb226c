package io.polegate.console;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live stream: each listener gets everything once, then once a second what changed. The change
 * is built once for all of them, on the one thread of {@code ticker}, which must run one task at a
 * time.
 */
final class EventStream {
  static final int MOST_CLIENTS = 64;
  private static final int HEARTBEAT_TICKS = 15;
  private static final Logger log = LoggerFactory.getLogger(EventStream.class);

  private final Gateway gateway;
  private final ScheduledExecutorService ticker;
  private final Semaphore places = new Semaphore(MOST_CLIENTS);

  // the ticker's own
  private final List<StreamClient> clients = new ArrayList<>();
  private Optional<Snapshot> last = Optional.empty();
  private long sent;
  private int quietTicks;
  private boolean failing;

  EventStream(Gateway gateway, ScheduledExecutorService ticker) {
    this.gateway = gateway;
    this.ticker = ticker;
  }

  /** Begins to tick. */
  void start() {
    ScheduledFuture<?> unused = ticker.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  /** Serves a listener; on a request thread. */
  void get(Exchange exchange) throws IOException, RefusedException {
    if (exchange.request().getMethod().equals("HEAD")) {
      throw new RefusedException(
          new Problem(405, "wrong-method", "A stream has no head", "use GET"));
    }
    if (!places.tryAcquire()) {
      throw new RefusedException(Problem.busy("the stream has " + MOST_CLIENTS + " listeners"));
    }
    HttpServletResponse response = exchange.response();
    response.setContentType("text/event-stream;charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    AsyncContext async = exchange.request().startAsync();
    async.setTimeout(0);
    StreamClient client = new StreamClient(async, response.getOutputStream(), places::release);
    client.start();
    try {
      ticker.execute(() -> join(client));
    } catch (RejectedExecutionException e) {
      log.debug("stream is closing", e);
      client.close();
    }
  }

  /** Ends all connections; call on the ticker's thread or after it ended. */
  void close() {
    clients.forEach(StreamClient::close);
    clients.clear();
  }

  private void join(StreamClient client) {
    try {
      Snapshot snapshot = gateway.now();
      spread(snapshot);
      client.offer(frame("retry: 2000\n", "snapshot", SnapshotJson.everything(snapshot)));
      clients.add(client);
    } catch (RuntimeException e) {
      log.error("stream listener \"{}\" cannot be served", client, e);
      client.close();
    }
  }

  private void tick() {
    clients.removeIf(StreamClient::closed);
    if (clients.isEmpty()) {
      last = Optional.empty();
      return;
    }
    try {
      spread(gateway.now());
      failing = false;
    } catch (RuntimeException e) {
      // a task that throws would never be called again
      if (!failing) {
        log.error("stream has no news: the gateway's state cannot be read", e);
      }
      failing = true;
    }
  }

  private void spread(Snapshot snapshot) {
    Optional<Snapshot> before = last;
    last = Optional.of(snapshot);
    if (clients.isEmpty() || before.isEmpty()) {
      return;
    }
    Changes changes = Changes.between(before.get(), snapshot);
    if (!changes.none()) {
      quietTicks = 0;
      send(
          changes.shape()
              ? frame("", "snapshot", SnapshotJson.everything(snapshot))
              : frame("", "change", SnapshotJson.changes(snapshot, changes)));
    } else if (++quietTicks >= HEARTBEAT_TICKS) {
      quietTicks = 0;
      // the comment keeps proxies awake, the event tells the page that the link lives
      send(frame(": heartbeat\n", "heartbeat", "{}".getBytes(StandardCharsets.UTF_8)));
    }
  }

  private void send(byte[] message) {
    clients.forEach(client -> client.offer(message));
  }

  private byte[] frame(String prefix, String event, byte[] data) {
    sent++;
    byte[] head =
        (prefix + "id: " + sent + "\nevent: " + event + "\ndata: ")
            .getBytes(StandardCharsets.UTF_8);
    byte[] frame = new byte[head.length + data.length + 2];
    System.arraycopy(head, 0, frame, 0, head.length);
    System.arraycopy(data, 0, frame, head.length, data.length);
    frame[frame.length - 2] = '\n';
    frame[frame.length - 1] = '\n';
    return frame;
  }
}
