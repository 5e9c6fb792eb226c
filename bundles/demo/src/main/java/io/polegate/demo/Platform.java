package io.polegate.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * A small platform: subscribes to everything that poles send, keeps the board and shows it.
 * Thread-safe; messages come on a thread of the MQTT client.
 */
final class Platform implements AutoCloseable {
  private static final String TOPICS = "polegate/v1/+/#";

  private final Board board;
  private final View view;
  private final LongSupplier nanos;
  private final long start;
  private final MqttClient client;
  private boolean complete;
  private boolean offline;

  /**
   * Connects and subscribes.
   *
   * @param nanos the monotonic clock
   * @param onLost called if the broker goes away
   */
  Platform(int mqttPort, Board board, View view, LongSupplier nanos, Runnable onLost)
      throws MqttException {
    this.board = board;
    this.view = view;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
    this.client =
        new MqttClient("tcp://127.0.0.1:" + mqttPort, "demo-platform", new MemoryPersistence());
    client.setCallback(new Inbox(onLost));
    MqttConnectOptions options = new MqttConnectOptions();
    options.setCleanSession(true);
    client.connect(options);
    client.subscribe(TOPICS, 1);
  }

  /** Takes in one message. */
  synchronized void receive(String topic, byte[] payload) {
    List<Received> items;
    try {
      items = Received.parse(topic.substring(topic.lastIndexOf('/') + 1), payload);
    } catch (IOException e) {
      view.note(board, "cannot read a message on " + topic + ": " + e.getMessage());
      return;
    }
    Set<String> changed = new LinkedHashSet<>();
    for (Received item : items) {
      board.take(item);
      if (item instanceof Received.Reading reading) {
        changed.add(reading.device());
      } else {
        tell(item);
      }
    }
    if (!changed.isEmpty()) {
      view.changed(board, changed);
      tellWhenComplete();
    }
  }

  /** Devices that never delivered. */
  synchronized List<String> silent() {
    return board.silent();
  }

  /** The bookkeeping in one line. */
  synchronized String summary() {
    return board.summary();
  }

  /** Waits for the pole's farewell, the last thing that a gateway sends. */
  synchronized void awaitOffline(Duration patience) throws InterruptedException {
    long deadline = nanos.getAsLong() + patience.toNanos();
    while (!offline) {
      long left = deadline - nanos.getAsLong();
      if (left <= 0) {
        return;
      }
      wait(Math.max(1, left / 1_000_000));
    }
  }

  @Override
  public void close() throws MqttException {
    if (client.isConnected()) {
      client.disconnect();
    }
    client.close();
    synchronized (this) {
      view.end(board);
    }
  }

  private void tell(Received item) {
    if (item instanceof Received.Event event) {
      view.note(board, "event      " + event.text());
    } else if (item instanceof Received.Result result) {
      view.note(board, "result     " + result.id() + " " + result.text());
    } else if (item instanceof Received.PoleState state) {
      offline = state.state().equals("offline");
      notifyAll();
      view.note(board, "state      " + state.pole() + " " + state.state());
    }
  }

  private void tellWhenComplete() {
    if (!complete && board.silent().isEmpty()) {
      complete = true;
      double seconds = (nanos.getAsLong() - start) / 1e9;
      view.note(board, "all devices have delivered, %.1f s after the start".formatted(seconds));
    }
  }

  /** What the MQTT client calls. */
  private final class Inbox implements MqttCallback {
    private final Runnable onLost;

    private Inbox(Runnable onLost) {
      this.onLost = onLost;
    }

    @Override
    public void connectionLost(Throwable cause) {
      onLost.run();
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      receive(topic, message.getPayload());
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
      // nothing is published here
    }
  }
}
