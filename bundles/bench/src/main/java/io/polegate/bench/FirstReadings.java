package io.polegate.bench;

import io.polegate.testkit.mqtt.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Notes when a subscriber first hears a value of each device. Thread-safe. */
final class FirstReadings implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long STEP_MILLIS = 200;

  private final MqttClient client;
  private final Set<Object> devices = new HashSet<>();
  private final List<Long> firstNanos = new ArrayList<>();

  FirstReadings(String url, String topic) throws MqttException {
    client = new MqttClient(url, "bench-first-readings", new MemoryPersistence());
    client.connect();
    client.subscribe(topic, 1, (name, message) -> arrived(message.getPayload()));
  }

  /** Forgets what came before. */
  synchronized void arm() {
    devices.clear();
    firstNanos.clear();
  }

  /** Waits until that many devices were heard and returns when that was. */
  synchronized long await(int count, GatewayProcess process)
      throws BenchmarkException, IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (firstNanos.size() < count) {
      process.check();
      if (System.nanoTime() - deadline > 0) {
        throw new BenchmarkException(
            "only " + devices + " were heard; the gateway said:\n" + process.said());
      }
      wait(STEP_MILLIS);
    }
    return firstNanos.get(count - 1);
  }

  private synchronized void arrived(byte[] message) {
    long now = System.nanoTime();
    for (Map<String, Object> reading : Json.objects(Json.object(message), "readings")) {
      if (reading.containsKey("value") && devices.add(reading.get("device"))) {
        firstNanos.add(now);
      }
    }
    notifyAll();
  }

  @Override
  public void close() throws MqttException {
    client.disconnectForcibly(0, 1);
    client.close(true);
  }
}
