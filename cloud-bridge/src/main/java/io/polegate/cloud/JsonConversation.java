package io.polegate.cloud;

import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import io.polegate.api.live.LiveView;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One session in the JSON format. Threads as for {@link Conversation}. */
final class JsonConversation implements Conversation {
  private static final Duration LEAVE = Duration.ofSeconds(2);

  private final JsonOptions options;
  private final Topics topics;
  private final LinkOptions link;
  private final PlatformInbox platform;
  private final SnapshotSize snapshotSize;
  private final Surroundings around;
  private final Situation situation;
  private final JsonEncoder encoder;
  private final Snapshots snapshots;
  private final SnapshotWriter snapshotWriter;

  /** A session that is about to begin. */
  JsonConversation(
      JsonOptions options,
      LinkOptions link,
      PlatformInbox platform,
      SnapshotSize snapshotSize,
      Surroundings around,
      Situation situation) {
    this.options = options;
    this.topics = Topics.of(options.pole());
    this.link = link;
    this.platform = platform;
    this.snapshotSize = snapshotSize;
    this.around = around;
    this.situation = situation;
    this.encoder = new JsonEncoder(options.pole(), situation.historyEnd());
    this.snapshots = new Snapshots(situation.backlog(), options.snapshots(), around.nanos());
    this.snapshotWriter = new SnapshotWriter(options.pole(), situation.backlog());
  }

  @Override
  public Message will() {
    return state(encoder.lost());
  }

  @Override
  public Map<String, Session.Inbox> inboxes() {
    Map<String, Session.Inbox> inboxes = new HashMap<>();
    inboxes.put(topics.commands(), new CommandInbox(situation.commands()));
    inboxes.put(
        topics.pace(),
        (topic, message, done) -> {
          platform.pace(message, situation.pace());
          done.run();
        });
    if (options.byPlatform()) {
      inboxes.put(
          topics.ack(),
          (topic, message, done) -> {
            platform.stored(message);
            done.run();
          });
    }
    if (options.configuration()) {
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

  /** The present goes before the history. */
  @Override
  public boolean ready(Lane lane) {
    return lane != Lane.TELEMETRY || (snapshots.begun() && snapshotSize.taken());
  }

  @Override
  public boolean step(Publisher publisher) throws SessionLostException {
    if (!snapshots.due()) {
      return false;
    }
    Optional<LiveView> live = around.live().get();
    int bytes = snapshotSize.mostBytes();
    if (live.isPresent() && bytes >= SnapshotSize.LEAST_BYTES) {
      for (byte[] message :
          snapshotWriter.write(live.get().devices(), around.clock().instant(), bytes)) {
        publisher.publish(
            new Message(topics.snapshot(), options.compression().of(message), 1, false),
            wakingAfter(snapshotSize.sent()));
      }
    }
    return true;
  }

  /** Readings may wait for it. */
  private Runnable wakingAfter(Runnable taken) {
    return () -> {
      taken.run();
      situation.wake().run();
    };
  }

  @Override
  public long restNanos() {
    return snapshots.restNanos();
  }

  @Override
  public long send(
      Lane lane, List<Sequenced> items, Publisher publisher, Acknowledgement acknowledgement)
      throws SessionLostException {
    JsonEncoder.Encoded encoded = encoder.encode(lane, items);
    byte[] payload =
        lane == Lane.TELEMETRY ? options.compression().of(encoded.payload()) : encoded.payload();
    Runnable done = acknowledgement::acknowledged;
    if (options.byPlatform()) {
      platform.word().sent(lane, encoded.lastSeq(), acknowledgement);
      done = acknowledgement::taken;
    }
    publisher.publish(new Message(topics.of(lane), payload, 1, false), done);
    return encoded.lastSeq();
  }

  @Override
  public boolean answered() {
    return !options.byPlatform() || platform.word().spoken();
  }

  @Override
  public void end(Publisher publisher) throws SessionLostException {
    publisher.deliver(state(encoder.offline(around.clock().instant())), LEAVE);
  }

  private Message state(byte[] payload) {
    return new Message(topics.state(), payload, 1, true);
  }
}
