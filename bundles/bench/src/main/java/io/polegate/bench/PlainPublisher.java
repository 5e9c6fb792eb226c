package io.polegate.bench;

import java.util.concurrent.Semaphore;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Publishes with QoS 1, some messages under way, and remembers nothing. One thread. */
final class PlainPublisher implements AutoCloseable {
  private final MqttAsyncClient client;
  private final String topic;
  private final int window;
  private final Semaphore free;

  PlainPublisher(String url, String topic, int window) throws MqttException {
    this.topic = topic;
    this.window = window;
    this.free = new Semaphore(window);
    client = new MqttAsyncClient(url, "bench-publisher", new MemoryPersistence());
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMaxInflight(window + 1);
    client.connect(options).waitForCompletion();
  }

  void publish(byte[] payload) throws MqttException, InterruptedException {
    free.acquire();
    client.publish(
        topic,
        payload,
        1,
        false,
        null,
        new IMqttActionListener() {
          @Override
          public void onSuccess(IMqttToken token) {
            free.release();
          }

          @Override
          public void onFailure(IMqttToken token, Throwable cause) {
            // the broker is ours and stays: a lost message shows as one that did not arrive
            free.release();
          }
        });
  }

  /** Returns when the broker has everything. */
  void awaitAll() throws InterruptedException {
    free.acquire(window);
    free.release(window);
  }

  @Override
  public void close() throws MqttException {
    client.disconnectForcibly(0, 1);
    client.close(true);
  }
}
