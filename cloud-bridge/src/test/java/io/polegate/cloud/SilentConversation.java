package io.polegate.cloud;

import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import java.util.List;
import java.util.Map;

/** Says nothing and listens to whatever it is given. */
record SilentConversation(Map<String, Session.Inbox> inboxes) implements Conversation {

  @Override
  public Message will() {
    return new Message("silent/will", new byte[0], 0, false);
  }

  @Override
  public void begin(Publisher publisher) {}

  @Override
  public boolean ready() {
    return false;
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
    throw new AssertionError("it is never ready");
  }

  @Override
  public void end(Publisher publisher) {}
}
