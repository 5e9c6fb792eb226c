package io.polegate.testkit.mqtt;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * An independent subscriber to everything of one pole, with a session that the broker keeps while
 * it is away. It does its own bookkeeping of sequence numbers. Thread-safe.
 */
public final class Platform implements AutoCloseable {
  private static final List<String> ITEM_KEYS = List.of("readings", "events", "results");
  private static final long MILLIS_TO_WAIT = 20_000;

  private final String url;
  private final String pole;
  private final String root;
  private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
  private MqttClient client;

  /**
   * A message.
   *
   * @param topic without the pole's root
   */
  public record Arrival(String topic, boolean retained, Map<String, Object> body) {}

  /** Connects to the broker and subscribes to the pole. */
  public Platform(String url, String pole) throws MqttException {
    this.url = url;
    this.pole = pole;
    this.root = "polegate/v1/" + pole + "/";
    this.client = fresh(url, pole);
    subscribe();
  }

  /** Connects again with a new client; the broker kept what came in between. */
  public void connect() throws MqttException {
    close();
    client = fresh(url, pole);
    subscribe();
  }

  private static MqttClient fresh(String url, String pole) throws MqttException {
    MqttClient client = new MqttClient(url, "platform-of-" + pole, new MemoryPersistence());
    client.setTimeToWait(MILLIS_TO_WAIT);
    return client;
  }

  private void subscribe() throws MqttException {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setCleanSession(false);
    client.setCallback(new Listener()); // before connecting: what the broker kept comes at once
    client.connect(options);
    for (String topic : List.of("telemetry", "events", "results", "state", "snapshot")) {
      client.subscribe(root + topic, 1);
    }
  }

  private final class Listener implements MqttCallback {
    @Override
    public void messageArrived(String topic, MqttMessage message) {
      arrived(topic, message);
    }

    @Override
    public void connectionLost(Throwable cause) {
      // the test connects again when it wants to
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
      // commands are published synchronously
    }
  }

  private void arrived(String topic, MqttMessage message) {
    arrivals.add(
        new Arrival(
            topic.substring(root.length()),
            message.isRetained(),
            Json.object(plain(message.getPayload()))));
  }

  /** What was compressed says so by its first two bytes. */
  private static byte[] plain(byte[] payload) {
    if (payload.length < 2 || payload[0] != 0x1f || payload[1] != (byte) 0x8b) {
      return payload;
    }
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(payload))) {
      return gzip.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says that everything of a lane up to this number is stored. */
  public void acknowledge(String lane, long seq) throws MqttException {
    say("ack", "{\"" + lane + "\":" + seq + "}", false);
  }

  /** Publishes something below the pole's root. */
  public void say(String topic, String payload, boolean retained) throws MqttException {
    client.publish(root + topic, payload.getBytes(StandardCharsets.UTF_8), 1, retained);
  }

  /** Sends a command. */
  public void command(String json) throws MqttException {
    command(json.getBytes(StandardCharsets.UTF_8), false);
  }

  /** Sends what may be a command. */
  public void command(byte[] payload, boolean retained) throws MqttException {
    client.publish(root + "commands", payload, 1, retained);
  }

  /** Says what it wants of the document, to the pole. */
  public void configuration(String json) throws MqttException {
    configuration(json.getBytes(StandardCharsets.UTF_8), false);
  }

  /** As above, of bytes that need not be JSON. */
  public void configuration(byte[] payload, boolean retained) throws MqttException {
    client.publish(root + "configuration", payload, 1, retained);
  }

  /** Sends a command with QoS 0, so that the broker does not hold it back for earlier ones. */
  public void publishUnacknowledged(String json) throws MqttException {
    client.publish(root + "commands", json.getBytes(StandardCharsets.UTF_8), 0, false);
  }

  /** Everything that came, in order. */
  public List<Arrival> arrivals() {
    return List.copyOf(arrivals);
  }

  /** The bodies of the messages of one topic, in order. */
  public List<Map<String, Object>> bodies(String topic) {
    return arrivals.stream().filter(a -> a.topic().equals(topic)).map(Arrival::body).toList();
  }

  /** The readings, events or results that came, in order, repeats included. */
  public List<Map<String, Object>> items(String topic, String key) {
    return bodies(topic).stream().flatMap(body -> Json.objects(body, key).stream()).toList();
  }

  /** All readings. */
  public List<Map<String, Object>> readings() {
    return items("telemetry", "readings");
  }

  /** The readings of one point. */
  public List<Map<String, Object>> readings(String device, String point) {
    return readings().stream()
        .filter(r -> device.equals(r.get("device")) && point.equals(r.get("point")))
        .toList();
  }

  /** All events. */
  public List<Map<String, Object>> events() {
    return items("events", "events");
  }

  /** All results of commands. */
  public List<Map<String, Object>> results() {
    return items("results", "results");
  }

  /** The results of one command. */
  public List<Map<String, Object>> results(String id) {
    return results().stream().filter(r -> id.equals(r.get("id"))).toList();
  }

  /** Every number that came, in order of arrival, repeats included. */
  public List<Long> seqs() {
    return items().stream().map(Platform::seq).toList();
  }

  /** Whether each number up to this one came at least once, and none above. */
  public boolean hasAllUpTo(long last) {
    NavigableSet<Long> seen = new TreeSet<>(seqs());
    return seen.size() == last && seen.last() == last;
  }

  /**
   * Every item by its sequence number.
   *
   * @throws AssertionError if a number came twice with different content
   */
  public NavigableMap<Long, Map<String, Object>> bySeq() {
    NavigableMap<Long, Map<String, Object>> bySeq = new TreeMap<>();
    items().forEach(item -> put(item, bySeq));
    return bySeq;
  }

  private List<Map<String, Object>> items() {
    List<Map<String, Object>> items = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      ITEM_KEYS.forEach(key -> items.addAll(Json.objects(arrival.body(), key)));
    }
    return items;
  }

  private static long seq(Map<String, Object> item) {
    if (item.get("seq") instanceof Long seq) {
      return seq;
    }
    throw new AssertionError("no seq: " + item);
  }

  private static void put(Map<String, Object> item, Map<Long, Map<String, Object>> into) {
    long seq = seq(item);
    Map<String, Object> content = new TreeMap<>(item);
    content.remove("historical"); // says how it travelled, not what it is
    Map<String, Object> before = into.put(seq, content);
    if (before != null && !before.equals(content)) {
      throw new AssertionError("one number, two contents: " + before + " and " + content);
    }
  }

  /**
   * Numbers from the first to the last that came which did not come and which no gap event
   * explains.
   */
  public List<Long> holes() {
    NavigableMap<Long, Map<String, Object>> items = bySeq();
    List<Long> holes = new ArrayList<>();
    if (items.isEmpty()) {
      return holes;
    }
    for (long seq = 1; seq <= items.lastKey(); seq++) {
      if (!items.containsKey(seq) && !explained(seq, items)) {
        holes.add(seq);
      }
    }
    return holes;
  }

  private static boolean explained(long seq, Map<Long, Map<String, Object>> items) {
    return items.values().stream()
        .filter(item -> "gap".equals(item.get("type")))
        .anyMatch(
            gap ->
                gap.get("from") instanceof Long from
                    && gap.get("to") instanceof Long to
                    && from <= seq
                    && seq <= to);
  }

  /** What the pole's state topic said last, empty if nothing. */
  public String lastState() {
    List<Map<String, Object>> states = bodies("state");
    return states.isEmpty() ? "" : String.valueOf(states.get(states.size() - 1).get("state"));
  }

  @Override
  public void close() throws MqttException {
    try {
      client.disconnectForcibly(0, 1, false);
    } catch (MqttException e) {
      // not connected any more: closing is what matters
    }
    client.close(true);
  }
}
