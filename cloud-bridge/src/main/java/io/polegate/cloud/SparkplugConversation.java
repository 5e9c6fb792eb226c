package io.polegate.cloud;

import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.paho.client.mqttv3.MqttMessage;

/**
 * One session as a Sparkplug B 3.0 edge node. It waits for the primary host if there is one, is
 * born, follows its devices and reports. Threads as for {@link Conversation}.
 */
final class SparkplugConversation implements Conversation {
  private static final Duration LEAVE = Duration.ofSeconds(2);

  /** From one look at the devices to the next. */
  private static final Duration LOOK = Duration.ofMillis(500);

  /**
   * From births to the first data. Hosts book births on one thread and look up aliases on another
   * (that of Tahu 1.0.19 does), so data on the heels of a birth would be lost to them.
   */
  static final Duration SETTLE = Duration.ofMillis(250);

  /** From one word about the node's own condition to the next. */
  private static final Duration CONDITION = Duration.ofSeconds(30);

  /** How long a broker is given to show the primary host, where there is another to try. */
  private static final Duration HOST_PATIENCE = Duration.ofSeconds(5);

  private final SparkplugOptions options;
  private final SparkplugModel model;
  private final SparkplugTypes types;
  private final SparkplugAliases aliases = new SparkplugAliases();
  private final SparkplugNode node;
  private final SparkplugOrders orders;
  private final SparkplugHost host = new SparkplugHost();
  private final SparkplugRebirth rebirth = new SparkplugRebirth();
  private final SparkplugCounter sessions;
  private final Surroundings around;
  private final Situation situation;
  private boolean born;
  private long begunNanos;
  private long lookedNanos;
  private long settlesNanos;
  private long conditionNanos;

  /**
   * A session that is about to begin.
   *
   * @param sessions gives it its number, and counts it once the broker took it
   */
  SparkplugConversation(
      SparkplugOptions options,
      SparkplugModel model,
      SparkplugTypes types,
      SparkplugCounter sessions,
      Surroundings around,
      Situation situation) {
    this.options = options;
    this.model = model;
    this.types = types;
    this.node =
        new SparkplugNode(
            options,
            model,
            types,
            aliases,
            around,
            () -> Backlog.total(situation.backlog().pending()),
            sessions.following());
    this.sessions = sessions;
    this.orders = new SparkplugOrders(options.commandLifetime(), situation.commands().origin());
    this.around = around;
    this.situation = situation;
  }

  @Override
  public Message will() {
    return node.death();
  }

  @Override
  public boolean remembered() {
    return false;
  }

  @Override
  public Map<String, Session.Inbox> inboxes() {
    SparkplugTopics topics = options.topics();
    Map<String, Session.Inbox> inboxes = new HashMap<>();
    inboxes.put(topics.node(SparkplugTopics.Kind.NCMD), this::nodeCommand);
    inboxes.put(topics.device(SparkplugTopics.Kind.DCMD, "+"), this::deviceCommand);
    options.primaryHost().ifPresent(id -> inboxes.put(SparkplugTopics.state(id), this::hostState));
    return inboxes;
  }

  @Override
  public void begin(Publisher publisher) throws SessionLostException {
    begunNanos = around.nanos().getAsLong();
    sessions.next();
    if (options.primaryHost().isEmpty()) {
      bear(publisher);
    }
  }

  @Override
  public boolean ready() {
    return born && !rebirth.owed() && hostIsThere() && settlingNanos() == 0;
  }

  @Override
  public String waitsFor() {
    return hostIsThere()
        ? ""
        : "waits for the host application \"" + options.primaryHost().orElse("") + "\"";
  }

  @Override
  public boolean step(Publisher publisher) throws SessionLostException {
    long now = around.nanos().getAsLong();
    if (!hostIsThere()) {
      awaitHost(now);
      return false;
    }
    if (!born || (rebirth.owed() && rebirth.restNanos(now) == 0)) {
      bear(publisher);
      return true;
    }
    if (rebirth.owed()) {
      return false;
    }
    if (now - lookedNanos >= LOOK.toNanos()) {
      lookedNanos = now;
      if (node.follow(publisher)) {
        settlesNanos = now;
        return true;
      }
    }
    if (now - conditionNanos >= CONDITION.toNanos()) {
      conditionNanos = now;
      return node.reportCondition(publisher);
    }
    return false;
  }

  @Override
  public long restNanos() {
    if (rebirth.owed()) {
      return Math.max(1, rebirth.restNanos(around.nanos().getAsLong()));
    }
    long settling = settlingNanos();
    return settling > 0 ? settling : LOOK.toNanos();
  }

  @Override
  public long send(
      Lane lane, List<Sequenced> items, Publisher publisher, Acknowledgement acknowledgement)
      throws SessionLostException {
    return new SparkplugReport(options, model, types, aliases, node, publisher)
        .send(lane, items, acknowledgement);
  }

  @Override
  public void end(Publisher publisher) throws SessionLostException {
    if (born) {
      born = false;
      publisher.deliver(node.death(), LEAVE);
    }
  }

  private void bear(Publisher publisher) throws SessionLostException {
    long now = around.nanos().getAsLong();
    rebirth.births(now);
    node.bear(publisher);
    born = true;
    settlesNanos = now;
    lookedNanos = now;
    conditionNanos = now;
  }

  private long settlingNanos() {
    return Math.max(0, SETTLE.toNanos() - (around.nanos().getAsLong() - settlesNanos));
  }

  private boolean hostIsThere() {
    return options.primaryHost().isEmpty() || host.presence() == SparkplugHost.Presence.ONLINE;
  }

  /** Leaves a broker that the host is not at, where there is another, or where it was before. */
  private void awaitHost(long now) throws SessionLostException {
    boolean gone = host.presence() == SparkplugHost.Presence.OFFLINE;
    boolean patient = now - begunNanos < HOST_PATIENCE.toNanos();
    if (born || (options.elsewhere() && (gone || !patient))) {
      throw SessionLostException.elsewhere(
          "the primary host \"" + options.primaryHost().orElse("") + "\" is not there");
    }
  }

  private void hostState(String topic, MqttMessage message, Runnable done) {
    Optional<SparkplugHost.Statement> statement = SparkplugHost.parse(message.getPayload());
    if (statement.isEmpty()) {
      malformed("the state of the primary host is none", message, done);
    } else {
      host.said(statement.get());
      done.run();
    }
  }

  private void nodeCommand(String topic, MqttMessage message, Runnable done) {
    take(orders.node(message.getPayload()), message, done);
  }

  private void deviceCommand(String topic, MqttMessage message, Runnable done) {
    String device = topic.substring(topic.lastIndexOf('/') + 1);
    take(
        orders.device(
            message.getPayload(), model.device(device), types, aliases, around.clock().instant()),
        message,
        done);
  }

  private void take(List<SparkplugOrders.Order> given, MqttMessage message, Runnable done) {
    if (message.isRetained()) {
      malformed("a retained command never acts: publish it without retain", message, done);
      return;
    }
    for (SparkplugOrders.Order order : given) {
      if (order instanceof SparkplugOrders.Order.Act act) {
        situation.commands().take(act.command(), () -> {});
      } else if (order instanceof SparkplugOrders.Order.Rebirth) {
        rebirth.request();
      } else if (order instanceof SparkplugOrders.Order.Malformed malformed) {
        malformed("the command " + malformed.problem(), message, () -> {});
      }
    }
    done.run();
  }

  private void malformed(String problem, MqttMessage message, Runnable done) {
    situation.commands().malformed(problem, message.getPayload().length, done);
  }
}
