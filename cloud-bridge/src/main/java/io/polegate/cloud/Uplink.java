package io.polegate.cloud;

import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalException;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.JournalReader;
import io.polegate.api.journal.Lane;
import io.polegate.api.live.UplinkStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: a thread that makes a session, moves the journal through it, and makes the next
 * one when it breaks, until stopped. It sleeps unless the journal commits, the broker acknowledges
 * or the session breaks. {@link #start} once, {@link #stop} and {@link #status} by any thread.
 */
final class Uplink {
  private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);
  private static final Duration STOP = Duration.ofSeconds(6);
  private static final Duration JOURNAL_RETRY = Duration.ofSeconds(1);

  private final UplinkOptions options;
  private final Surroundings around;
  private final Topics topics;
  private final JournalReader.Cursor cursor;
  private final UplinkHealth health;
  private final CommandInbox inbox;
  private final Backoff backoff;
  private final Pacing pacing;
  private final Signal signal = new Signal();
  private final AtomicLong commits = new AtomicLong();
  private final AtomicLong progressNanos = new AtomicLong();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Session connecting;

  Uplink(UplinkOptions options, Surroundings around) {
    this.options = options;
    this.around = around;
    this.topics = Topics.of(options.pole());
    this.cursor = around.reader().cursor(options.connection());
    this.health = new UplinkHealth(options.connection(), around.nanos());
    this.inbox = new CommandInbox(options.connection(), around);
    this.backoff =
        new Backoff(
            options.retryFirst(),
            options.retryLimit(),
            () -> ThreadLocalRandom.current().nextDouble());
    this.pacing = new Pacing(options.batch(), options.window());
    this.thread = new Thread(this::run, "uplink-" + options.connection());
    this.thread.setDaemon(true);
  }

  void start() {
    inbox.start();
    thread.start();
  }

  /** Says offline to the broker if it can, and ends; waits for that a few seconds at most. */
  void stop() {
    stopped.countDown();
    signal.raise();
    Session session = connecting;
    if (session != null) {
      session.abort();
    }
    try {
      thread.join(STOP.toMillis());
      thread.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    inbox.stop();
  }

  UplinkStatus status() {
    long pending = 0;
    for (Lane lane : Lane.values()) {
      pending += cursor.pending(lane);
    }
    return new UplinkStatus(
        options.connection(),
        health.connected(),
        health.acknowledgedAge(),
        pending,
        health.message());
  }

  private boolean running() {
    return stopped.getCount() > 0;
  }

  private void run() {
    JournalReader.Subscription subscription = around.reader().onCommit(this::committed);
    try {
      while (running()) {
        Duration pause = backoff.next(oneSession());
        if (stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
          break;
        }
      }
    } catch (InterruptedException e) {
      // only stop() interrupts, after it has waited
      Thread.currentThread().interrupt();
    } finally {
      subscription.close();
      health.stopped();
    }
  }

  private void committed() {
    commits.incrementAndGet();
    signal.raise();
  }

  private void acknowledged() {
    progressNanos.set(around.nanos().getAsLong());
    health.acknowledged();
    signal.raise();
  }

  /** Returns how long it stood; zero if it did not come about. */
  private Duration oneSession() throws InterruptedException {
    Duration lasted = Duration.ZERO;
    try {
      Session session = new Session(options, topics, inboxes(), signal::raise);
      try {
        long historyEnd = around.reader().status().lastSeq();
        JsonEncoder encoder = new JsonEncoder(options.pole(), historyEnd);
        open(session, encoder);
        long begin = around.nanos().getAsLong();
        try {
          deliver(session, encoder);
        } finally {
          lasted = Duration.ofNanos(around.nanos().getAsLong() - begin);
        }
      } finally {
        session.close();
      }
    } catch (SessionLostException e) {
      if (running()) {
        health.down(e.reason());
        LOG.debug("uplink \"{}\" lost its session", options.connection(), e);
      }
    } catch (RuntimeException | Error e) {
      // whatever it is, the next session may do better; without this thread there is none
      LOG.error("uplink \"{}\" broke and starts again", options.connection(), e);
      health.down("an error inside the gateway: see its log");
    }
    return lasted;
  }

  private Map<String, Session.Inbox> inboxes() {
    Map<String, Session.Inbox> inboxes = new HashMap<>(Map.of(topics.commands(), inbox));
    if (options.configuration()) {
      inboxes.put(
          topics.configuration(),
          (message, done) -> {
            around.configuration().arrived(options.connection(), message);
            done.run();
          });
    }
    return inboxes;
  }

  private void open(Session session, JsonEncoder encoder) throws SessionLostException {
    connecting = session;
    try {
      if (!running()) {
        throw new SessionLostException("stopped");
      }
      session.open(encoder.online(around.clock().instant()), encoder.lost());
    } finally {
      connecting = null;
    }
    health.up(options.url().toString());
    progressNanos.set(around.nanos().getAsLong());
  }

  private void deliver(Session session, JsonEncoder encoder)
      throws SessionLostException, InterruptedException {
    Delivery delivery =
        new Delivery(cursor, encoder, topics, session, commits::get, this::acknowledged, pacing);
    try {
      while (running()) {
        session.check();
        boolean moved = settle(delivery);
        if (!sendNext(delivery) && !moved) {
          idle(delivery);
        }
      }
      session.leave(encoder.offline(around.clock().instant()));
    } catch (SessionLostException e) {
      settle(delivery);
      if (running()) {
        pacing.ended(delivery.front(), around.nanos().getAsLong()).ifPresent(this::setAside);
      }
      throw e;
    } finally {
      settle(delivery);
    }
  }

  private boolean settle(Delivery delivery) {
    boolean moved = delivery.settle();
    if (moved) {
      pacing.progressed(around.nanos().getAsLong());
    }
    return moved;
  }

  /** Returns whether to go on at once. */
  private boolean sendNext(Delivery delivery) throws SessionLostException, InterruptedException {
    try {
      boolean first = delivery.inFlight() == 0;
      boolean sent = delivery.sendNext();
      if (sent && first) {
        progressNanos.set(around.nanos().getAsLong());
      }
      health.trouble("");
      return sent;
    } catch (JournalException e) {
      health.trouble("the journal cannot be read: check the disk");
      LOG.debug("uplink \"{}\" cannot read", options.connection(), e);
      signal.await(JOURNAL_RETRY.toNanos());
      return true;
    }
  }

  private void idle(Delivery delivery) throws SessionLostException, InterruptedException {
    long patience = options.patience().toNanos();
    if (delivery.inFlight() == 0) {
      signal.await(patience);
      return;
    }
    long silent = around.nanos().getAsLong() - progressNanos.get();
    if (silent >= patience) {
      throw new SessionLostException(
          "the broker acknowledged nothing for " + options.patience().toSeconds() + " s");
    }
    signal.await(patience - silent);
  }

  /** The broker never takes this item: say so, and go on behind it. */
  private void setAside(Pacing.Front refused) {
    LOG.warn(
        "uplink \"{}\" sets item {} aside: the broker ended {} sessions at it",
        options.connection(),
        refused.firstSeq(),
        Pacing.REFUSALS);
    Map<String, Value> gap =
        Map.of(
            "from", new Value.Int(refused.firstSeq()),
            "to", new Value.Int(refused.firstSeq()),
            "count", new Value.Int(1),
            "lane", new Value.Text(refused.lane().name().toLowerCase(Locale.ROOT)),
            "cause", new Value.Text("refused"),
            "connection", new Value.Text(options.connection()));
    around.writer().append(new JournalItem.Event(Lane.ALARM, around.now(), "gap", gap));
    cursor.acknowledge(refused.lane(), refused.firstSeq());
  }
}
