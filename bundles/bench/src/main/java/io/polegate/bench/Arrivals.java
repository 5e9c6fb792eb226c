package io.polegate.bench;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * A subscriber that proves that all arrived. While a round runs it only keeps the messages; they
 * are looked into afterwards.
 */
final class Arrivals implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final byte[] SEQ = "\"seq\":".getBytes(StandardCharsets.US_ASCII);

  private final MqttClient client;
  private final ConcurrentLinkedQueue<byte[]> messages = new ConcurrentLinkedQueue<>();

  Arrivals(String url, String topic) throws MqttException {
    client = new MqttClient(url, "bench-subscriber", new MemoryPersistence());
    client.connect();
    client.subscribe(topic, 1, (name, message) -> messages.add(message.getPayload()));
  }

  /**
   * Waits for the numbers 1 to {@code count} and forgets them.
   *
   * @return bytes of all messages
   */
  long expect(int count) throws BenchmarkException, InterruptedException {
    BitSet seen = new BitSet();
    long bytes = 0;
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (seen.cardinality() < count) {
      byte[] message = messages.poll();
      if (message != null) {
        bytes += message.length;
        note(message, seen);
      } else if (System.nanoTime() - deadline > 0) {
        throw new BenchmarkException(
            "only " + seen.cardinality() + " of " + count + " readings arrived");
      } else {
        Thread.sleep(1);
      }
    }
    if (seen.length() != count + 1 || !messages.isEmpty()) {
      throw new BenchmarkException("more arrived than was sent");
    }
    return bytes;
  }

  private static void note(byte[] message, BitSet seen) throws BenchmarkException {
    for (int at = 0; at + SEQ.length < message.length; at++) {
      if (startsAt(message, at)) {
        int seq = number(message, at + SEQ.length);
        if (seen.get(seq)) {
          throw new BenchmarkException("reading " + seq + " arrived twice");
        }
        seen.set(seq);
        at += SEQ.length;
      }
    }
  }

  private static boolean startsAt(byte[] message, int at) {
    for (int i = 0; i < SEQ.length; i++) {
      if (message[at + i] != SEQ[i]) {
        return false;
      }
    }
    return true;
  }

  private static int number(byte[] message, int from) {
    int number = 0;
    for (int i = from; message[i] >= '0' && message[i] <= '9'; i++) {
      number = number * 10 + message[i] - '0';
    }
    return number;
  }

  @Override
  public void close() throws MqttException {
    client.disconnectForcibly(0, 1);
    client.close(true);
  }
}
