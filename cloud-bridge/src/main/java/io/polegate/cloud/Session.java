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
  private static final Duration LEAVE = Duration.ofSeconds(2);

  /** Nothing answers a farewell, so Paho waits for all of this while it writes the packet. */
  private static final Duration SEND = Duration.ofMillis(200);

  private static final int CONTROL_MESSAGES = 64;

  private final UplinkOptions options;
  private final Topics topics;
  private final BrokerSockets sockets = new BrokerSockets();
  private final MqttAsyncClient client;
  private final Runnable wake;
  private final Map<String, Inbox> inboxes;
  private volatile @Nullable SessionLostException lost;
  private volatile @Nullable Throwable broken;

  /** Receives what is published to one topic, on a thread of Paho; must not block. */
  @FunctionalInterface
  interface Inbox {
    /**
     * A message came in.
     *
     * @param done to be called, on any thread, when it need not come again
     */
    void arrived(MqttMessage message, Runnable done);
  }

  /**
   * Makes the client; connects to nothing yet.
   *
   * @param inboxes who takes what is published to a topic
   * @param wake called when the session breaks
   */
  Session(UplinkOptions options, Topics topics, Map<String, Inbox> inboxes, Runnable wake)
      throws SessionLostException {
    this.options = options;
    this.topics = topics;
    this.wake = wake;
    this.inboxes = Map.copyOf(inboxes);
    try {
      this.client =
          new MqttAsyncClient(
              options.url().toString(), options.clientId(), new MemoryPersistence());
    } catch (MqttException e) {
      throw new SessionLostException("the MQTT client cannot be made", e);
    }
    client.setManualAcks(true);
    client.setCallback(new Listener());
  }

  /** Connects, listens for commands and says that the pole is online. */
  void open(byte[] online, byte[] lastWill) throws SessionLostException {
    try {
      client.connect(connectOptions(lastWill)).waitForCompletion(CONNECT.plusSeconds(2).toMillis());
      for (String topic : inboxes.keySet()) {
        subscribe(topic);
      }
      client
          .publish(topics.state(), online, 1, true)
          .waitForCompletion(options.patience().toMillis());
    } catch (MqttException e) {
      throw new SessionLostException(BrokerErrors.words(e, options), e);
    }
  }

  private void subscribe(String topic) throws MqttException, SessionLostException {
    IMqttToken subscribed = client.subscribe(topic, 1);
    subscribed.waitForCompletion(options.patience().toMillis());
    if (subscribed.getGrantedQos().length == 0 || subscribed.getGrantedQos()[0] > 1) {
      throw new SessionLostException("the broker refused the subscription to \"" + topic + "\"");
    }
  }

  @Override
  public void publish(String topic, byte[] payload, Runnable acknowledged)
      throws SessionLostException {
    try {
      client.publish(topic, payload, 1, false, null, new Acknowledgement(acknowledged));
    } catch (MqttException e) {
      throw new SessionLostException(BrokerErrors.words(e, options), e);
    }
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

  /** Says goodbye in order: the state becomes offline, the last will is not used. */
  void leave(byte[] offline) throws SessionLostException {
    try {
      client.publish(topics.state(), offline, 1, true).waitForCompletion(LEAVE.toMillis());
      // not disconnect(): it leaves a thread waiting for ever when the broker closes too early
      client.disconnectForcibly(0, SEND.toMillis(), true);
    } catch (MqttException e) {
      throw new SessionLostException(BrokerErrors.words(e, options), e);
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

  private MqttConnectOptions connectOptions(byte[] lastWill) {
    MqttConnectOptions connect = new MqttConnectOptions();
    connect.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    connect.setCleanSession(false);
    connect.setAutomaticReconnect(false);
    connect.setConnectionTimeout((int) CONNECT.toSeconds());
    connect.setKeepAliveInterval((int) options.keepAlive().toSeconds());
    connect.setMaxInflight(options.window() * 4 + CONTROL_MESSAGES);
    connect.setWill(topics.state(), lastWill, 1, true);
    options.username().ifPresent(connect::setUserName);
    Optional<char[]> password = options.password().map(String::toCharArray);
    password.ifPresent(connect::setPassword);
    URI url = options.url();
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
        Inbox inbox = inboxes.get(topic);
        if (inbox == null) {
          done(message); // a subscription of an earlier document
        } else {
          inbox.arrived(message, () -> done(message));
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

  private static final class Acknowledgement implements IMqttActionListener {
    private final Runnable acknowledged;

    private Acknowledgement(Runnable acknowledged) {
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
