package io.polegate.dist;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;

/** A small Sparkplug host: names for aliases, sequence numbers, and what came. */
final class SparkplugWatcher implements AutoCloseable {
  private final String url;
  private final List<String> kinds = new CopyOnWriteArrayList<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final List<Told> told = new CopyOnWriteArrayList<>();
  private final Map<Long, String> names = new ConcurrentHashMap<>();
  private MqttClient client;
  private long seq = -1;

  /** A metric of a data message; {@code name} as {@code lamp-1/level}. */
  record Told(String name, Metric metric) {}

  SparkplugWatcher(String url) throws MqttException {
    this.url = url;
    this.client = connected();
  }

  /** Connects again and says that it is there. */
  void connect() throws MqttException {
    close();
    client = connected();
  }

  private MqttClient connected() throws MqttException {
    MqttClient fresh = new MqttClient(url, "watcher", new MemoryPersistence());
    fresh.setCallback(new Listener());
    fresh.connect();
    fresh.subscribe("spBv1.0/street/#", 1);
    String online = "{\"online\":true,\"timestamp\":" + System.currentTimeMillis() + "}";
    fresh.publish("spBv1.0/STATE/city", online.getBytes(StandardCharsets.UTF_8), 1, true);
    return fresh;
  }

  /** Writes a point. */
  void command(String device, String point, double value, long millis) throws MqttException {
    Payload payload =
        Payload.newBuilder()
            .setTimestamp(millis)
            .addMetrics(
                Metric.newBuilder().setName(point).setTimestamp(millis).setDoubleValue(value))
            .build();
    client.publish("spBv1.0/street/DCMD/P-1/" + device, payload.toByteArray(), 0, false);
  }

  /** Kinds of messages with their device: {@code DBIRTH lamp-1}. */
  List<String> kinds() {
    return kinds;
  }

  List<String> faults() {
    return faults;
  }

  List<Told> told() {
    return told;
  }

  /** What was told of one metric. */
  List<Metric> told(String name) {
    return told.stream().filter(one -> one.name().equals(name)).map(Told::metric).toList();
  }

  private void arrived(String topic, MqttMessage message) throws InvalidProtocolBufferException {
    String[] elements = topic.split("/", -1);
    String kind = elements[2];
    String device = elements.length == 5 ? elements[4] : "";
    kinds.add((kind + " " + device).strip());
    if (kind.equals("NDEATH") || kind.endsWith("CMD")) {
      return;
    }
    Payload payload = Payload.parseFrom(message.getPayload());
    if (kind.equals("NBIRTH")) {
      seq = -1;
      names.clear();
    }
    if (payload.getSeq() != ((seq + 1) & 255)) {
      faults.add(kind + " " + device + " with " + payload.getSeq() + " behind " + seq);
    }
    seq = payload.getSeq();
    for (Metric metric : payload.getMetricsList()) {
      if (kind.endsWith("BIRTH")) {
        names.put(metric.getAlias(), device + "/" + metric.getName());
      } else {
        told.add(new Told(names.getOrDefault(metric.getAlias(), "?"), metric));
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
    public void messageArrived(String topic, MqttMessage message) throws Exception {
      arrived(topic, message);
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
