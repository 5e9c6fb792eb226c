package io.polegate.cloud;

import io.polegate.api.journal.Lane;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one session has under way of one lane. Acknowledgements may come in any order and on any
 * thread; what may be forgotten is only the unbroken run of them from the front. All methods but
 * {@link Message#take} and {@link Message#acknowledge} belong to the uplink's thread.
 */
final class LaneFlight {
  private final Lane lane;
  private final Deque<Message> messages = new ArrayDeque<>();
  private long sentSeq;
  private long emptyAtCommit = -1;
  private long movedNanos;

  /**
   * Starts with nothing under way.
   *
   * @param acknowledgedSeq sending goes on behind this number
   */
  LaneFlight(Lane lane, long acknowledgedSeq) {
    this.lane = lane;
    this.sentSeq = acknowledgedSeq;
  }

  Lane lane() {
    return lane;
  }

  /** Highest number that was sent. */
  long sentSeq() {
    return sentSeq;
  }

  int size() {
    return messages.size();
  }

  /**
   * A message is about to be sent.
   *
   * @param order counts the messages of all lanes
   */
  Message add(long firstSeq, long order, long nowNanos) {
    Message message = new Message(firstSeq, order);
    if (messages.isEmpty()) {
      movedNanos = nowNanos;
    }
    messages.addLast(message);
    return message;
  }

  /** The message that was added last is sent, with items up to this number. */
  void sent(Message message, long lastSeq) {
    message.lastSeq = lastSeq;
    sentSeq = lastSeq;
  }

  /** Forgets the acknowledged front and gives its last number; empty if nothing came. */
  OptionalLong settle(long nowNanos) {
    OptionalLong last = OptionalLong.empty();
    Message first = messages.peekFirst();
    while (first != null && first.acknowledged) {
      last = OptionalLong.of(first.lastSeq);
      messages.removeFirst();
      movedNanos = nowNanos;
      first = messages.peekFirst();
    }
    return last;
  }

  /** How many of the messages under way the broker does not have. */
  int onLine() {
    return (int) messages.stream().filter(message -> !message.taken).count();
  }

  /** The oldest message under way that the broker does not have. */
  Optional<Message> oldestOnLine() {
    return messages.stream().filter(message -> !message.taken).findFirst();
  }

  /** The front, if the broker has it and nobody acknowledged it. */
  Optional<Delivery.Waiting> waiting(long nowNanos) {
    return Optional.ofNullable(messages.peekFirst())
        .filter(message -> message.taken && !message.acknowledged)
        .map(
            message ->
                new Delivery.Waiting(
                    new Pacing.Front(lane, message.firstSeq), nowNanos - movedNanos));
  }

  /** Nothing was there to read at this commit. */
  void emptyAt(long commit) {
    emptyAtCommit = commit;
  }

  /** Whether a read at this commit would find nothing again. */
  boolean isEmptyAt(long commit) {
    return emptyAtCommit == commit;
  }

  /** A message under way. */
  static final class Message {
    private final long firstSeq;
    private final long order;
    private long lastSeq;
    private volatile boolean taken;
    private volatile boolean acknowledged;

    private Message(long firstSeq, long order) {
      this.firstSeq = firstSeq;
      this.order = order;
      this.lastSeq = firstSeq;
    }

    long firstSeq() {
      return firstSeq;
    }

    long order() {
      return order;
    }

    /** The broker has it. Any thread. */
    void take() {
      taken = true;
    }

    /** Who answers for it has it. Any thread. */
    void acknowledge() {
      taken = true;
      acknowledged = true;
    }
  }
}
