package io.polegate.cloud;

import io.polegate.api.journal.JournalException;
import io.polegate.api.journal.JournalReader;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Moves the journal to the broker within one session: lanes in order of urgency, several messages
 * under way per lane so that an alarm never waits for telemetry, cursor moved behind an unbroken
 * run of acknowledgements only. The next session starts again at the cursor. One thread.
 */
final class Delivery {
  private final JournalReader.Cursor cursor;
  private final Conversation conversation;
  private final Publisher publisher;
  private final LongSupplier commits;
  private final Runnable wake;
  private final Pacing pacing;
  private final List<LaneFlight> lanes = new ArrayList<>();
  private long sentMessages;

  /**
   * Starts behind what the cursor knows to have arrived.
   *
   * @param commits counts the commits of the journal, so that an empty lane is not read in vain
   * @param wake called when the broker or who answers for a message has it
   */
  Delivery(
      JournalReader.Cursor cursor,
      Conversation conversation,
      Publisher publisher,
      LongSupplier commits,
      Runnable wake,
      Pacing pacing) {
    this.cursor = cursor;
    this.conversation = conversation;
    this.publisher = publisher;
    this.commits = commits;
    this.wake = wake;
    this.pacing = pacing;
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
      if (pacing.allows(lane.size(), inFlight()) && send(lane)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Moves the cursor as far as acknowledgements go.
   *
   * @return whether it moved
   */
  boolean settle() {
    boolean moved = false;
    for (LaneFlight lane : lanes) {
      OptionalLong last = lane.settle();
      if (last.isPresent()) {
        cursor.acknowledge(lane.lane(), last.getAsLong());
        moved = true;
      }
    }
    return moved;
  }

  /** Messages under way. */
  int inFlight() {
    return lanes.stream().mapToInt(LaneFlight::size).sum();
  }

  /** What was sent first of all that the broker does not have: the first to blame for a break. */
  Optional<Pacing.Front> front() {
    Optional<Pacing.Front> front = Optional.empty();
    long order = Long.MAX_VALUE;
    for (LaneFlight lane : lanes) {
      Optional<LaneFlight.Message> oldest = lane.oldest();
      if (oldest.isPresent() && oldest.get().order() < order) {
        order = oldest.get().order();
        front = Optional.of(new Pacing.Front(lane.lane(), oldest.get().firstSeq()));
      }
    }
    return front;
  }

  private boolean send(LaneFlight lane) throws JournalException, SessionLostException {
    long commit = commits.getAsLong();
    if (lane.isEmptyAt(commit)) {
      return false;
    }
    List<Sequenced> items = cursor.read(lane.lane(), lane.sentSeq(), pacing.batch());
    if (items.isEmpty()) {
      lane.emptyAt(commit);
      return false;
    }
    LaneFlight.Message message = lane.add(items.get(0).seq(), sentMessages++);
    long lastSeq = conversation.send(lane.lane(), items, publisher, new UnderWay(message, wake));
    lane.sent(message, lastSeq);
    return true;
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
