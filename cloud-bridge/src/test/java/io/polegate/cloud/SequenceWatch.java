package io.polegate.cloud;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;

/**
 * Reads everything of one group and says what the specification does not allow. The broker has to
 * keep messages of QoS 0 for it while it is away ({@link #KEEP}).
 */
final class SequenceWatch implements AutoCloseable {
  static final String KEEP = "queue_qos0_messages true";

  private final String url;
  private final String group;
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Set<String> alive = new HashSet<>();
  private MqttClient client;
  private long bdSeq = -1;
  private long seq = -1;

  /** A message; {@code kind} as in {@link Recorder#kind}. */
  record Seen(String kind, Payload payload, MqttMessage message) {}

  SequenceWatch(String url, String group) throws MqttException {
    this.url = url;
    this.group = group;
    this.client = connected();
  }

  /** Connects again after an outage. */
  void connect() throws MqttException {
    close();
    client = connected();
  }

  /** Publishes as a stranger. */
  void publish(String topic, byte[] payload, boolean retained) throws MqttException {
    client.publish(topic, payload, 1, retained);
  }

  List<String> faults() {
    return faults;
  }

  List<Seen> seen() {
    return seen;
  }

  long count(String kind) {
    return seen.stream().filter(one -> one.kind().equals(kind)).count();
  }

  private MqttClient connected() throws MqttException {
    MqttClient fresh = new MqttClient(url, "watch-" + group, new MemoryPersistence());
    fresh.setCallback(new Listener());
    MqttConnectOptions options = new MqttConnectOptions();
    options.setCleanSession(false);
    fresh.connect(options);
    fresh.subscribe("spBv1.0/" + group + "/#", 1);
    return fresh;
  }

  private void look(Seen one) {
    seen.add(one);
    String[] kind = one.kind().split(" ", -1);
    if (kind[0].endsWith("CMD")) {
      return;
    }
    boolean death = kind[0].equals("NDEATH");
    if (one.message().getQos() != (death ? 1 : 0) || one.message().isRetained()) {
      faults.add(one.kind() + " with wrong flags");
    }
    if (death) {
      if (one.payload().hasSeq()) {
        faults.add("NDEATH with a sequence number");
      }
      if (one.payload().getMetrics(0).getLongValue() == bdSeq) {
        seq = -1;
        alive.clear();
      }
      return;
    }
    count(one);
    follow(kind);
  }

  private void count(Seen one) {
    if (one.kind().equals("NBIRTH")) {
      bdSeq = Recorder.metric(one.payload(), "bdSeq").getLongValue();
      alive.clear();
      seq = -1;
    } else if (seq < 0) {
      faults.add(one.kind() + " before any birth");
    }
    if (one.payload().getSeq() != ((seq + 1) & 255)) {
      faults.add(one.kind() + " with " + one.payload().getSeq() + " behind " + seq);
    }
    seq = one.payload().getSeq();
  }

  private void follow(String[] kind) {
    switch (kind[0]) {
      case "DBIRTH" -> alive.add(kind[1]);
      case "DDEATH" -> {
        if (!alive.remove(kind[1])) {
          faults.add("death of " + kind[1] + ", which did not live");
        }
      }
      case "DDATA" -> {
        if (!alive.contains(kind[1])) {
          faults.add("data of " + kind[1] + ", which does not live");
        }
      }
      default -> {
        // the node itself
      }
    }
  }

  @Override
  public void close() throws MqttException {
    if (client.isConnected()) {
      client.disconnect();
    }
    client.close();
  }

  private final class Listener implements MqttCallback {
    @Override
    public void messageArrived(String topic, MqttMessage message) {
      String kind = Recorder.kind(new Message(topic, message.getPayload(), 0, false));
      // commands may be anything
      Payload payload =
          kind.contains("CMD")
              ? Payload.getDefaultInstance()
              : Recorder.payload(message.getPayload());
      look(new Seen(kind, payload, message));
    }

    @Override
    public void connectionLost(Throwable cause) {
      // the test connects again when it wants to
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
      // published synchronously
    }
  }
}
