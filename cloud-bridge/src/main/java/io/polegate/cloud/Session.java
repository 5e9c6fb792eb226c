package io.polegate.cloud;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.MqttTopic;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the broker, from connect to its end; never used again afterwards. Paho's own
 * reconnect and persistence stay unused: what to send again is for the journal to say. {@link
 * #close} may be called by any thread, everything else belongs to the uplink's thread.
 */
final class Session implements Publisher {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Nothing answers a farewell, so Paho waits for all of this while it writes the packet. */
  private static final Duration SEND = Duration.ofMillis(200);

  /** More than any window lets be under way; Paho throws beyond it. */
  private static final int MOST_IN_FLIGHT = 10_000;

  private final LinkOptions options;
  private final URI url;
  private final Conversation conversation;
  private final BrokerSockets sockets = new BrokerSockets();
  private final MqttAsyncClient client;
  private final Runnable wake;
  private final Map<String, Inbox> inboxes;
  private volatile @Nullable SessionLostException lost;
  private volatile @Nullable Throwable broken;

  /** Receives what is published to topics, on a thread of Paho; must not block. */
  @FunctionalInterface
  interface Inbox {
    /**
     * A message came in.
     *
     * @param done to be called, on any thread, when it need not come again
     */
    void arrived(String topic, MqttMessage message, Runnable done);
  }

  /**
   * Makes the client; connects to nothing yet.
   *
   * @param wake called when a message came in and when the session breaks
   */
  Session(LinkOptions options, URI url, Conversation conversation, Runnable wake)
      throws SessionLostException {
    this.options = options;
    this.url = url;
    this.conversation = conversation;
    this.wake = wake;
    this.inboxes = Map.copyOf(conversation.inboxes());
    try {
      this.client =
          new MqttAsyncClient(url.toString(), options.clientId(), new MemoryPersistence());
    } catch (MqttException e) {
      throw new SessionLostException("the MQTT client cannot be made", e);
    }
    client.setManualAcks(true);
    client.setCallback(new Listener());
  }

  /** Connects and listens; not a word of the conversation yet. */
  void open() throws SessionLostException {
    try {
      client.connect(connectOptions()).waitForCompletion(CONNECT.plusSeconds(2).toMillis());
      for (String filter : inboxes.keySet()) {
        subscribe(filter);
      }
    } catch (MqttException e) {
      throw lost(e);
    }
  }

  private void subscribe(String filter) throws MqttException, SessionLostException {
    IMqttToken subscribed = client.subscribe(filter, 1);
    subscribed.waitForCompletion(options.patience().toMillis());
    if (subscribed.getGrantedQos().length == 0 || subscribed.getGrantedQos()[0] > 1) {
      throw new SessionLostException("the broker refused the subscription to \"" + filter + "\"");
    }
  }

  @Override
  public void publish(Message message, Runnable acknowledged) throws SessionLostException {
    try {
      client.publish(
          message.topic(),
          message.payload(),
          message.qos(),
          message.retained(),
          null,
          new Delivered(acknowledged));
    } catch (MqttException e) {
      throw lost(e);
    }
  }

  @Override
  public void deliver(Message message, Duration patience) throws SessionLostException {
    try {
      client
          .publish(message.topic(), message.payload(), message.qos(), message.retained())
          .waitForCompletion(patience.toMillis());
    } catch (MqttException e) {
      throw lost(e);
    }
  }

  private SessionLostException lost(MqttException e) {
    return new SessionLostException(BrokerErrors.words(e, url), e);
  }

  /**
   * Throws if the session is over.
   *
   * @throws IllegalStateException if the gateway itself broke on a command; it comes again
   */
  void check() throws SessionLostException {
    Throwable inside = broken;
    if (inside != null) {
      throw new IllegalStateException("a command could not be taken", inside);
    }
    SessionLostException end = lost;
    if (end != null) {
      throw end;
    }
  }

  /** Ends in order, so that the broker does not use the last will. */
  void leave() throws SessionLostException {
    try {
      // not disconnect(): it leaves a thread waiting for ever when the broker closes too early
      client.disconnectForcibly(0, SEND.toMillis(), true);
    } catch (MqttException e) {
      throw lost(e);
    }
  }

  /** Ends everything at once, without a word to the broker; any number of times. */
  void close() {
    abort();
    try {
      client.disconnectForcibly(0, 1, false);
      client.close(true);
    } catch (MqttException | RuntimeException e) {
      LOG.debug("client of \"{}\" did not close", options.connection(), e);
    }
  }

  /** Breaks a connection that is being made; what waits for it fails. */
  void abort() {
    try {
      sockets.close();
    } catch (IOException e) {
      LOG.debug("socket of \"{}\" did not close", options.connection(), e);
    }
  }

  private MqttConnectOptions connectOptions() {
    MqttConnectOptions connect = new MqttConnectOptions();
    connect.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    connect.setCleanSession(!conversation.remembered());
    connect.setAutomaticReconnect(false);
    connect.setConnectionTimeout((int) CONNECT.toSeconds());
    connect.setKeepAliveInterval((int) options.keepAlive().toSeconds());
    connect.setMaxInflight(MOST_IN_FLIGHT);
    Message will = conversation.will();
    connect.setWill(will.topic(), will.payload(), will.qos(), will.retained());
    options.username().ifPresent(connect::setUserName);
    Optional<char[]> password = options.password().map(String::toCharArray);
    password.ifPresent(connect::setPassword);
    if (url.getScheme().equals("tcp")) {
      connect.setSocketFactory(sockets);
    }
    return connect;
  }

  private final class Listener implements MqttCallback {
    @Override
    public void connectionLost(Throwable cause) {
      lost = new SessionLostException("the connection to the broker broke", cause);
      wake.run();
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      try {
        Optional<Inbox> inbox = inbox(topic);
        if (inbox.isEmpty()) {
          done(message); // a subscription of an earlier document
        } else {
          inbox.get().arrived(topic, message, () -> done(message));
          wake.run();
        }
      } catch (RuntimeException | Error e) {
        // Paho would call it a lost connection, and the broker be blamed for it
        broken = e;
        wake.run();
      }
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
      // each message has its own listener
    }

    private Optional<Inbox> inbox(String topic) {
      return inboxes.entrySet().stream()
          .filter(entry -> MqttTopic.isMatched(entry.getKey(), topic))
          .map(Map.Entry::getValue)
          .findFirst();
    }

    private void done(MqttMessage message) {
      try {
        client.messageArrivedComplete(message.getId(), message.getQos());
      } catch (MqttException | RuntimeException e) {
        // a closed client throws anything; the broker sends the command again in the next session,
        // and its id is known by then
        LOG.debug("a command of \"{}\" was not acknowledged", options.connection(), e);
      }
    }
  }

  private static final class Delivered implements IMqttActionListener {
    private final Runnable acknowledged;

    private Delivered(Runnable acknowledged) {
      this.acknowledged = acknowledged;
    }

    @Override
    public void onSuccess(IMqttToken token) {
      acknowledged.run();
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {
      // the connection is lost and says so itself
    }
  }
}
