package io.polegate.bench;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A subscriber that notes when what was sent came to it. */
final class Echo implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;
  private static final double NANOS_PER_MILLI = 1e6;

  private final MqttClient client;
  private final BlockingQueue<Came> messages = new LinkedBlockingQueue<>();

  private record Came(String text, long nanos) {}

  Echo(String url, String topic) throws MqttException {
    client = new MqttClient(url, "bench-echo", new MemoryPersistence());
    client.connect();
    client.subscribe(
        topic,
        1,
        (name, message) -> {
          long now = System.nanoTime();
          messages.add(new Came(new String(message.getPayload(), StandardCharsets.UTF_8), now));
        });
  }

  /** What a message has to contain. */
  static String word(int number) {
    return "alarm-" + number + ";";
  }

  /** Milliseconds from then until the message came; others before it are passed over. */
  double millisUntil(int number, long sinceNanos) throws BenchmarkException, InterruptedException {
    for (; ; ) {
      Came came = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (came == null) {
        throw new BenchmarkException("alarm " + number + " did not arrive");
      }
      if (came.text().contains(word(number))) {
        return (came.nanos() - sinceNanos) / NANOS_PER_MILLI;
      }
    }
  }

  @Override
  public void close() throws MqttException {
    client.disconnectForcibly(0, 1);
    client.close(true);
  }
}
