package io.polegate.cloud;

import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One session in the JSON format. Threads as for {@link Conversation}. */
final class JsonConversation implements Conversation {
  private static final Duration LEAVE = Duration.ofSeconds(2);

  private final Topics topics;
  private final LinkOptions link;
  private final boolean configuration;
  private final Surroundings around;
  private final Situation situation;
  private final JsonEncoder encoder;

  /**
   * A session that is about to begin.
   *
   * @param configuration whether the platform may change the document of the pole
   */
  JsonConversation(
      String pole,
      LinkOptions link,
      boolean configuration,
      Surroundings around,
      Situation situation) {
    this.topics = Topics.of(pole);
    this.link = link;
    this.configuration = configuration;
    this.around = around;
    this.situation = situation;
    this.encoder = new JsonEncoder(pole, situation.historyEnd());
  }

  @Override
  public Message will() {
    return state(encoder.lost());
  }

  @Override
  public Map<String, Session.Inbox> inboxes() {
    Map<String, Session.Inbox> inboxes =
        new HashMap<>(Map.of(topics.commands(), new CommandInbox(situation.commands())));
    if (configuration) {
      inboxes.put(
          topics.configuration(),
          (topic, message, done) -> {
            around.configuration().arrived(link.connection(), message);
            done.run();
          });
    }
    return inboxes;
  }

  @Override
  public void begin(Publisher publisher) throws SessionLostException {
    publisher.deliver(state(encoder.online(around.clock().instant())), link.patience());
  }

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
      Lane lane, List<Sequenced> items, Publisher publisher, Acknowledgement acknowledgement)
      throws SessionLostException {
    JsonEncoder.Encoded encoded = encoder.encode(lane, items);
    publisher.publish(
        new Message(topics.of(lane), encoded.payload(), 1, false), acknowledgement::acknowledged);
    return encoded.lastSeq();
  }

  @Override
  public void end(Publisher publisher) throws SessionLostException {
    publisher.deliver(state(encoder.offline(around.clock().instant())), LEAVE);
  }

  private Message state(byte[] payload) {
    return new Message(topics.state(), payload, 1, true);
  }
}
