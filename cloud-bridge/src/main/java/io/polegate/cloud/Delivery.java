package io.polegate.cloud;

import io.polegate.api.journal.JournalException;
import io.polegate.api.journal.JournalReader;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Moves the journal to the platform within one session: lanes in order of urgency, several messages
 * under way per lane so that an alarm never waits for telemetry, cursor moved behind an unbroken
 * run of acknowledgements only. The next session starts again at the cursor. One thread.
 */
final class Delivery {
  private final JournalReader.Cursor cursor;
  private final Conversation conversation;
  private final Publisher publisher;
  private final LongSupplier commits;
  private final LongSupplier nanos;
  private final Runnable wake;
  private final Pacing pacing;
  private final History history;
  private final Backlog backlog;
  private final List<LaneFlight> lanes = new ArrayList<>();
  private long sentMessages;

  /**
   * Starts behind what the cursor knows to have arrived.
   *
   * @param commits counts the commits of the journal, so that an empty lane is not read in vain
   * @param nanos the monotonic clock
   * @param wake called when the broker or who answers for a message has it
   */
  Delivery(
      JournalReader.Cursor cursor,
      Conversation conversation,
      Publisher publisher,
      LongSupplier commits,
      LongSupplier nanos,
      Runnable wake,
      Pacing pacing,
      History history,
      Backlog backlog) {
    this.cursor = cursor;
    this.conversation = conversation;
    this.publisher = publisher;
    this.commits = commits;
    this.nanos = nanos;
    this.wake = wake;
    this.pacing = pacing;
    this.history = history;
    this.backlog = backlog;
    for (Lane lane : Lane.values()) {
      lanes.add(new LaneFlight(lane, cursor.acknowledged(lane)));
    }
  }

  /**
   * Sends one message of the most urgent lane that has something and may send.
   *
   * @return whether there was one
   */
  boolean sendNext() throws JournalException, SessionLostException {
    for (LaneFlight lane : lanes) {
      boolean may =
          conversation.ready(lane.lane()) && pacing.allows(lane.lane(), lane.size(), onLine());
      if (may && send(lane)) {
        return true;
      }
      if (lane.lane() == Lane.ALARM) {
        backlog.alarmsSent();
      }
    }
    return false;
  }

  /**
   * Moves the cursor as far as acknowledgements go.
   *
   * @return the lanes in which it moved
   */
  Set<Lane> settle() {
    Set<Lane> moved = EnumSet.noneOf(Lane.class);
    for (LaneFlight lane : lanes) {
      OptionalLong last = lane.settle(nanos.getAsLong());
      if (last.isPresent()) {
        cursor.acknowledge(lane.lane(), last.getAsLong());
        moved.add(lane.lane());
      }
    }
    return moved;
  }

  /** Messages that are not acknowledged. */
  int inFlight() {
    return lanes.stream().mapToInt(LaneFlight::size).sum();
  }

  /** Messages that the broker does not have. */
  int onLine() {
    return lanes.stream().mapToInt(LaneFlight::onLine).sum();
  }

  /** What was sent first of all that the broker does not have: the first to blame for a break. */
  Optional<Pacing.Front> front() {
    Optional<Pacing.Front> front = Optional.empty();
    long order = Long.MAX_VALUE;
    for (LaneFlight lane : lanes) {
      Optional<LaneFlight.Message> oldest = lane.oldestOnLine();
      if (oldest.isPresent() && oldest.get().order() < order) {
        order = oldest.get().order();
        front = Optional.of(new Pacing.Front(lane.lane(), oldest.get().firstSeq()));
      }
    }
    return front;
  }

  /** The lane that has waited longest for the platform's word, and at what. */
  Optional<Waiting> waiting() {
    Optional<Waiting> longest = Optional.empty();
    for (LaneFlight lane : lanes) {
      Optional<Waiting> waiting = lane.waiting(nanos.getAsLong());
      if (waiting.isPresent()
          && (longest.isEmpty() || waiting.get().nanos() > longest.get().nanos())) {
        longest = waiting;
      }
    }
    return longest;
  }

  /**
   * The broker took a message, and nobody acknowledged it.
   *
   * @param nanos since it was sent, or since the lane last moved if that was later
   */
  record Waiting(Pacing.Front front, long nanos) {}

  /** Nanoseconds until something that is held back may go although nothing wakes the thread. */
  long restNanos() {
    return history.restNanos();
  }

  private boolean send(LaneFlight lane) throws JournalException, SessionLostException {
    boolean telemetry = lane.lane() == Lane.TELEMETRY;
    long commit = commits.getAsLong();
    int most = telemetry ? history.most(pacing.batch()) : pacing.batch();
    if (most == 0 || lane.isEmptyAt(commit)) {
      return false;
    }
    List<Sequenced> items = cursor.read(lane.lane(), lane.sentSeq(), most);
    if (items.isEmpty()) {
      lane.emptyAt(commit);
      if (telemetry) {
        history.nothingLeft();
        backlog.telemetrySent(true);
      }
      return false;
    }
    if (telemetry) {
      backlog.telemetrySent(false);
      if (!history.admits(items)) {
        return false;
      }
    }
    long lastSeq = publish(lane, items);
    if (telemetry) {
      history.sent(items, lastSeq);
    }
    return true;
  }

  private long publish(LaneFlight lane, List<Sequenced> items) throws SessionLostException {
    LaneFlight.Message message = lane.add(items.get(0).seq(), sentMessages++, nanos.getAsLong());
    long lastSeq = conversation.send(lane.lane(), items, publisher, new UnderWay(message, wake));
    lane.sent(message, lastSeq);
    return lastSeq;
  }

  private record UnderWay(LaneFlight.Message message, Runnable wake) implements Acknowledgement {
    @Override
    public void taken() {
      message.take();
      wake.run();
    }

    @Override
    public void acknowledged() {
      message.acknowledge();
      wake.run();
    }
  }
}
