package io.polegate.cloud;

import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalException;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.JournalReader;
import io.polegate.api.journal.Lane;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens in one session from its hello to its end: the conversation's own things, journal
 * items, acknowledgements, sleep. The uplink's thread.
 */
final class SessionLoop {
  private static final Logger LOG = LoggerFactory.getLogger(SessionLoop.class);
  private static final Duration JOURNAL_RETRY = Duration.ofSeconds(1);

  private final UplinkPlan plan;
  private final LinkOptions link;
  private final Surroundings around;
  private final JournalReader.Cursor cursor;
  private final Session session;
  private final Conversation conversation;
  private final Delivery delivery;
  private final UplinkHealth health;
  private final Pacing pacing;
  private final Backlog backlog;
  private final Signal signal;
  private final BooleanSupplier running;
  private final AtomicLong progressNanos;

  /**
   * A session that was just opened.
   *
   * @param delivery made from a function that wants to be told of acknowledgements
   * @param running whether to go on
   */
  SessionLoop(
      UplinkPlan plan,
      Surroundings around,
      JournalReader.Cursor cursor,
      Session session,
      Conversation conversation,
      Function<Runnable, Delivery> delivery,
      UplinkHealth health,
      Pacing pacing,
      Backlog backlog,
      Signal signal,
      BooleanSupplier running) {
    this.plan = plan;
    this.link = plan.link();
    this.around = around;
    this.cursor = cursor;
    this.session = session;
    this.conversation = conversation;
    this.health = health;
    this.pacing = pacing;
    this.backlog = backlog;
    this.signal = signal;
    this.running = running;
    this.progressNanos = new AtomicLong(around.nanos().getAsLong());
    this.delivery = delivery.apply(this::acknowledged);
  }

  /** Returns when it is told to stop, after the farewell. */
  void run() throws SessionLostException, InterruptedException {
    pacing.began(around.nanos().getAsLong());
    try {
      while (running.getAsBoolean()) {
        session.check();
        backlog.look();
        boolean moved = settle();
        boolean stepped = conversation.step(session);
        if (!sendNext() && !moved && !stepped) {
          idle();
        }
      }
      leave();
    } catch (SessionLostException e) {
      settle();
      if (e.isOrderly()) {
        leave();
      } else if (running.getAsBoolean()) {
        pacing.broke(delivery.front(), around.nanos().getAsLong()).ifPresent(this::setAside);
      }
      throw e;
    } finally {
      settle();
    }
  }

  private void leave() throws SessionLostException {
    conversation.end(session);
    session.leave();
  }

  private void acknowledged() {
    progressNanos.set(around.nanos().getAsLong());
    health.acknowledged();
    signal.raise();
  }

  private boolean settle() {
    Set<Lane> moved = delivery.settle();
    moved.forEach(lane -> pacing.progressed(lane, around.nanos().getAsLong()));
    return !moved.isEmpty();
  }

  /** Returns whether to go on at once. */
  private boolean sendNext() throws SessionLostException, InterruptedException {
    try {
      boolean first = delivery.onLine() == 0;
      boolean sent = delivery.sendNext();
      if (sent && first) {
        progressNanos.set(around.nanos().getAsLong());
      }
      health.trouble(conversation.waitsFor());
      return sent;
    } catch (JournalException e) {
      health.trouble("the journal cannot be read: check the disk");
      LOG.debug("uplink \"{}\" cannot read", link.connection(), e);
      signal.await(JOURNAL_RETRY.toNanos());
      return true;
    }
  }

  private void idle() throws SessionLostException, InterruptedException {
    long patience = link.patience().toNanos();
    long rest =
        Math.min(
            Math.min(patience, session.restNanos()),
            Math.min(conversation.restNanos(), delivery.restNanos()));
    if (delivery.onLine() > 0) {
      long silent = around.nanos().getAsLong() - progressNanos.get();
      if (silent >= patience) {
        throw new SessionLostException(
            "the broker acknowledged nothing for " + link.patience().toSeconds() + " s");
      }
      rest = Math.min(rest, patience - silent);
    }
    signal.await(Math.min(rest, platformNanos()));
  }

  /** Nanoseconds until the platform must have spoken. */
  private long platformNanos() throws SessionLostException {
    Optional<Delivery.Waiting> waiting = delivery.waiting();
    Optional<Duration> patience = plan.delivery().platformPatience();
    if (waiting.isEmpty() || patience.isEmpty()) {
      return Long.MAX_VALUE;
    }
    long left = patience.get().toNanos() - waiting.get().nanos();
    if (left <= 0) {
      if (conversation.answered()) {
        pacing.overdue(waiting.get().front(), around.nanos().getAsLong()).ifPresent(this::setAside);
      }
      throw new SessionLostException(
          "the platform acknowledged nothing of lane %s for %d s: look whether it stores what it gets"
              .formatted(word(waiting.get().front().lane()), patience.get().toSeconds()));
    }
    return left;
  }

  private static String word(Lane lane) {
    return lane.name().toLowerCase(Locale.ROOT);
  }

  /** The other side never takes this item: say so, and go on behind it. */
  private void setAside(Pacing.Front refused) {
    LOG.warn(
        "uplink \"{}\" sets item {} aside: {} sessions ended at it",
        link.connection(),
        refused.firstSeq(),
        Pacing.REFUSALS);
    Map<String, Value> gap =
        Map.of(
            "from", new Value.Int(refused.firstSeq()),
            "to", new Value.Int(refused.firstSeq()),
            "count", new Value.Int(1),
            "lane", new Value.Text(word(refused.lane())),
            "cause", new Value.Text("refused"),
            "connection", new Value.Text(link.connection()));
    around.writer().append(new JournalItem.Event(Lane.ALARM, around.now(), "gap", gap));
    cursor.acknowledge(refused.lane(), refused.firstSeq());
  }
}
