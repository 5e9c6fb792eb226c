package io.polegate.cloud;

import io.polegate.api.journal.JournalReader;
import io.polegate.api.journal.Lane;
import io.polegate.api.live.UplinkStatus;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: a thread that makes a session, moves the journal through it, and makes the next
 * one when it breaks, until stopped. It sleeps unless the journal commits, the broker speaks or the
 * session breaks. {@link #start} once, {@link #stop} and {@link #status} by any thread.
 */
final class Uplink {
  private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);
  private static final Duration STOP = Duration.ofSeconds(6);

  private final UplinkPlan plan;
  private final LinkOptions link;
  private final Surroundings around;
  private final JournalReader.Cursor cursor;
  private final UplinkHealth health;
  private final CommandQueue commands;
  private final Backoff backoff;
  private final Pacing pacing;
  private final HistoryPace pace;
  private final Backlog backlog;
  private final Signal signal = new Signal();
  private final AtomicLong commits = new AtomicLong();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Session connecting;
  private int broker;

  Uplink(UplinkPlan plan, Surroundings around) {
    this.plan = plan;
    this.link = plan.link();
    this.around = around;
    this.cursor = around.reader().cursor(link.connection());
    this.health = new UplinkHealth(link.connection(), around.nanos());
    this.commands = new CommandQueue(link, around);
    this.backoff =
        new Backoff(
            link.retryFirst(), link.retryLimit(), () -> ThreadLocalRandom.current().nextDouble());
    this.pacing = new Pacing(plan.delivery().batch(), plan.delivery().window());
    this.pace =
        new HistoryPace(
            plan.delivery(), around.nanos(), () -> ThreadLocalRandom.current().nextDouble());
    this.backlog = new Backlog(cursor, around.nanos());
    this.thread = new Thread(this::run, "uplink-" + link.connection());
    this.thread.setDaemon(true);
  }

  void start() {
    commands.start();
    thread.start();
  }

  /** Says goodbye to the broker if it can, and ends; waits for that a few seconds at most. */
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
    commands.stop();
  }

  UplinkStatus status() {
    Map<Lane, Long> pending = backlog.pending();
    return new UplinkStatus(
        link.connection(),
        health.connected(),
        health.acknowledgedAge(),
        Backlog.total(pending),
        pending,
        backlog.doneIn(pending),
        Optional.empty(),
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

  /** Returns how long it stood; zero if it did not come about. */
  private Duration oneSession() throws InterruptedException {
    Duration lasted = Duration.ZERO;
    boolean next = true;
    try {
      long historyEnd = around.reader().status().lastSeq();
      Conversation conversation = conversation(historyEnd);
      URI url = link.urls().get(broker);
      Session session = new Session(link, url, conversation, signal::raise);
      try {
        open(session, conversation, url);
        next = false;
        long begin = around.nanos().getAsLong();
        try {
          pace.began();
          backlog.began();
          loop(session, conversation, historyEnd).run();
        } finally {
          pace.ended();
          lasted = Duration.ofNanos(around.nanos().getAsLong() - begin);
        }
      } finally {
        session.close();
      }
    } catch (SessionLostException e) {
      next |= e.isElsewhere();
      if (running()) {
        health.down(e.reason());
        LOG.debug("uplink \"{}\" lost its session", link.connection(), e);
      }
    } catch (RuntimeException | Error e) {
      // whatever it is, the next session may do better; without this thread there is none
      LOG.error("uplink \"{}\" broke and starts again", link.connection(), e);
      health.down("an error inside the gateway: see its log");
    }
    broker = next ? (broker + 1) % link.urls().size() : broker;
    return lasted;
  }

  private Conversation conversation(long historyEnd) {
    return plan.conversations()
        .of(new Situation(historyEnd, commands, backlog, pace, signal::raise));
  }

  private SessionLoop loop(Session session, Conversation conversation, long historyEnd) {
    return new SessionLoop(
        plan,
        around,
        cursor,
        session,
        conversation,
        told ->
            new Delivery(
                cursor,
                conversation,
                session,
                commits::get,
                around.nanos(),
                told,
                pacing,
                new History(historyEnd, pace),
                backlog),
        health,
        pacing,
        backlog,
        signal,
        this::running);
  }

  private void open(Session session, Conversation conversation, URI url)
      throws SessionLostException {
    connecting = session;
    try {
      if (!running()) {
        throw new SessionLostException("stopped");
      }
      session.open();
      conversation.begin(session);
    } finally {
      connecting = null;
    }
    health.up(url.toString());
  }
}
