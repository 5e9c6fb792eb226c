package io.polegate.cloud;

import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalException;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.JournalReader;
import io.polegate.api.journal.Lane;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens in one session from its hello to its end: the conversation's own things, journal
 * items, acknowledgements, sleep. The uplink's thread.
 */
final class SessionLoop {
  private static final Logger LOG = LoggerFactory.getLogger(SessionLoop.class);
  private static final Duration JOURNAL_RETRY = Duration.ofSeconds(1);

  private final LinkOptions link;
  private final Surroundings around;
  private final JournalReader.Cursor cursor;
  private final Session session;
  private final Conversation conversation;
  private final UplinkHealth health;
  private final Pacing pacing;
  private final Signal signal;
  private final BooleanSupplier running;
  private final AtomicLong progressNanos;
  private final Delivery delivery;

  /**
   * A session that was just opened.
   *
   * @param commits counts the commits of the journal
   * @param running whether to go on
   */
  SessionLoop(
      LinkOptions link,
      Surroundings around,
      JournalReader.Cursor cursor,
      Session session,
      Conversation conversation,
      LongSupplier commits,
      UplinkHealth health,
      Pacing pacing,
      Signal signal,
      BooleanSupplier running) {
    this.link = link;
    this.around = around;
    this.cursor = cursor;
    this.session = session;
    this.conversation = conversation;
    this.health = health;
    this.pacing = pacing;
    this.signal = signal;
    this.running = running;
    this.progressNanos = new AtomicLong(around.nanos().getAsLong());
    this.delivery =
        new Delivery(cursor, conversation, session, commits, this::acknowledged, pacing);
  }

  /** Returns when it is told to stop, after the farewell. */
  void run() throws SessionLostException, InterruptedException {
    try {
      while (running.getAsBoolean()) {
        session.check();
        boolean moved = settle();
        boolean stepped = conversation.step(session);
        if (!sendNext() && !moved && !stepped) {
          idle();
        }
      }
      leave();
    } catch (SessionLostException e) {
      settle();
      if (e.isElsewhere()) {
        leave();
      } else if (running.getAsBoolean()) {
        pacing.ended(delivery.front(), around.nanos().getAsLong()).ifPresent(this::setAside);
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
    boolean moved = delivery.settle();
    if (moved) {
      pacing.progressed(around.nanos().getAsLong());
    }
    return moved;
  }

  /** Returns whether to go on at once. */
  private boolean sendNext() throws SessionLostException, InterruptedException {
    if (!conversation.ready()) {
      return false;
    }
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
      LOG.debug("uplink \"{}\" cannot read", link.connection(), e);
      signal.await(JOURNAL_RETRY.toNanos());
      return true;
    }
  }

  private void idle() throws SessionLostException, InterruptedException {
    long patience = link.patience().toNanos();
    long rest = Math.min(patience, conversation.restNanos());
    if (delivery.inFlight() == 0) {
      signal.await(rest);
      return;
    }
    long silent = around.nanos().getAsLong() - progressNanos.get();
    if (silent >= patience) {
      throw new SessionLostException(
          "the broker acknowledged nothing for " + link.patience().toSeconds() + " s");
    }
    signal.await(Math.min(rest, patience - silent));
  }

  /** The broker never takes this item: say so, and go on behind it. */
  private void setAside(Pacing.Front refused) {
    LOG.warn(
        "uplink \"{}\" sets item {} aside: the broker ended {} sessions at it",
        link.connection(),
        refused.firstSeq(),
        Pacing.REFUSALS);
    Map<String, Value> gap =
        Map.of(
            "from", new Value.Int(refused.firstSeq()),
            "to", new Value.Int(refused.firstSeq()),
            "count", new Value.Int(1),
            "lane", new Value.Text(refused.lane().name().toLowerCase(Locale.ROOT)),
            "cause", new Value.Text("refused"),
            "connection", new Value.Text(link.connection()));
    around.writer().append(new JournalItem.Event(Lane.ALARM, around.now(), "gap", gap));
    cursor.acknowledge(refused.lane(), refused.firstSeq());
  }
}
