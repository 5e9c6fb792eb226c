package io.polegate.cloud;

import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Sends all it is given, counts it, and has it acknowledged at once. */
final class CountingConversation implements Conversation {
  private final Map<Lane, Long> sent = new EnumMap<>(Lane.class);

  /** Items of a lane that were sent. */
  long of(Lane lane) {
    return sent.getOrDefault(lane, 0L);
  }

  @Override
  public Message will() {
    return new Message("counting/will", new byte[0], 0, false);
  }

  @Override
  public Map<String, Session.Inbox> inboxes() {
    return Map.of();
  }

  @Override
  public void begin(Publisher publisher) {}

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public boolean step(Publisher publisher) {
    return false;
  }

  @Override
  public long restNanos() {
    return Long.MAX_VALUE;
  }

  @Override
  public long send(
      Lane lane, List<Sequenced> items, Publisher publisher, Acknowledgement acknowledgement) {
    sent.merge(lane, (long) items.size(), Long::sum);
    acknowledgement.acknowledged();
    return items.get(items.size() - 1).seq();
  }

  @Override
  public void end(Publisher publisher) {}
}
