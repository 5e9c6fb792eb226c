package io.polegate.cloud;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** An independent subscriber to everything of one pole. */
final class Platform implements AutoCloseable {
  private static final String ROOT = "polegate/v1/P-1/";

  private final MqttClient client;
  private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();

  /** A message, without the root of its topic. */
  record Arrival(String topic, boolean retained, Map<String, Object> body) {}

  Platform(String url) throws MqttException {
    client = new MqttClient(url, "platform", new MemoryPersistence());
    client.setTimeToWait(20_000);
    connect();
  }

  /** Connects (again); the broker kept what came in between. */
  void connect() throws MqttException {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setCleanSession(false);
    options.setMaxInflight(1000);
    client.connect(options);
    for (String topic : List.of("telemetry", "events", "results", "state")) {
      client.subscribe(ROOT + topic, 1, (name, message) -> arrived(name, message));
    }
  }

  private void arrived(String topic, MqttMessage message) {
    arrivals.add(
        new Arrival(
            topic.substring(ROOT.length()),
            message.isRetained(),
            Json.object(message.getPayload())));
  }

  void command(String json) throws MqttException {
    command(json.getBytes(StandardCharsets.UTF_8), false);
  }

  void command(byte[] payload, boolean retained) throws MqttException {
    client.publish(ROOT + "commands", payload, 1, retained);
  }

  /** With QoS 0, so that the broker does not hold it back for earlier ones. */
  void publishUnacknowledged(String json) throws MqttException {
    client.publish(ROOT + "commands", json.getBytes(StandardCharsets.UTF_8), 0, false);
  }

  List<Arrival> arrivals() {
    return List.copyOf(arrivals);
  }

  List<Map<String, Object>> bodies(String topic) {
    return arrivals.stream().filter(a -> a.topic().equals(topic)).map(Arrival::body).toList();
  }

  List<Map<String, Object>> items(String topic, String key) {
    return bodies(topic).stream().flatMap(body -> Json.objects(body, key).stream()).toList();
  }

  List<Map<String, Object>> results() {
    return items("results", "results");
  }

  /** Every number that came, in order of arrival, repeats included. */
  List<Long> seqs() {
    List<Long> seqs = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      for (String key : List.of("readings", "events", "results")) {
        Json.objects(arrival.body(), key).forEach(item -> seqs.add(seq(item)));
      }
    }
    return seqs;
  }

  /** Whether each number up to this one came at least once. */
  boolean hasAllUpTo(long last) {
    TreeSet<Long> seen = new TreeSet<>(seqs());
    return seen.size() == last && seen.last() == last;
  }

  String lastState() {
    List<Map<String, Object>> states = bodies("state");
    return states.isEmpty() ? "" : String.valueOf(states.get(states.size() - 1).get("state"));
  }

  private static long seq(Map<String, Object> item) {
    if (item.get("seq") instanceof Long seq) {
      return seq;
    }
    throw new AssertionError("no seq: " + item);
  }

  @Override
  public void close() throws MqttException {
    if (client.isConnected()) {
      client.disconnectForcibly(0, 1);
    }
    client.close(true);
  }
}
