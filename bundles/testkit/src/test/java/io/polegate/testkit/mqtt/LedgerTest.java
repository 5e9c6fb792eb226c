package io.polegate.testkit.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The books show what is wrong. */
final class LedgerTest {
  private final Path book;
  private final Path folder;
  private Mosquitto broker;
  private Ledger ledger;
  private MqttClient writer;
  private int sent;

  LedgerTest(@TempDir Path folder) {
    this.folder = folder;
    this.book = folder.resolve("book");
  }

  @BeforeEach
  void start() throws Exception {
    broker = Mosquitto.start(folder);
    ledger = Ledger.start(folder, broker.port(), "P-1", 2, book);
    Await.until("it listens", () -> !ledger.look().moments("connected").isEmpty());
    writer = new MqttClient(broker.url(), "writer", new MemoryPersistence());
    writer.connect();
  }

  @AfterEach
  void stop() throws Exception {
    leave();
    ledger.close();
    broker.close();
  }

  private void leave() throws MqttException {
    if (writer.isConnected()) {
      writer.disconnectForcibly(0, 1, false);
    }
    writer.close(true);
  }

  private void readings(String readings) throws MqttException {
    send("telemetry", "{\"readings\":[" + readings.replace('\'', '"') + "]}");
  }

  private void send(String topic, String payload) throws MqttException {
    writer.publish("polegate/v1/P-1/" + topic, payload.getBytes(StandardCharsets.UTF_8), 1, false);
    sent++;
  }

  private Ledger.Books books() throws IOException {
    Await.until("all came", () -> ledger.look().count("messages") == sent);
    return ledger.look();
  }

  private static String reading(int seq, int point, int second) {
    return "{'seq':" + seq + ",'device':'d','point':'p" + point + "','value':" + second + "}";
  }

  @Test
  void whatIsRightIsCounted() throws Exception {
    Files.writeString(book, "A 0 1\nD 0 1\nL 3 1\nD 9 9");
    readings(reading(1, 0, 0) + "," + reading(2, 1, 0));
    readings(reading(2, 1, 0).replace("}", ",'historical':true}") + "," + reading(3, 0, 1));
    send("events", "{\"events\":[{\"seq\":5,\"type\":\"proof\",\"lane\":\"alarm\",\"n\":3}]}");
    Ledger.Books books = books();
    assertThat(books.wrong()).isEmpty();
    assertThat(books.count("distinct")).isEqualTo(4);
    assertThat(books.count("repeats")).isEqualTo(1);
    assertThat(books.count("durable")).as("the last line is not whole").isEqualTo(4);
    assertThat(books.count("missing")).as("second 1 of point 1").isEqualTo(1);
    assertThat(books.count("holes")).as("number 4").isEqualTo(1);
    assertThat(books.alarms()).containsOnlyKeys(3L);
  }

  @Test
  void oneNumberWithTwoContentsIsWrong() throws Exception {
    readings(reading(1, 0, 0));
    readings(reading(1, 0, 1));
    assertThat(books().wrong()).hasSize(1).first().asString().startsWith("one number, two");
  }

  @Test
  void oneReadingWithTwoNumbersAndAnOlderOneBehindAreWrong() throws Exception {
    readings(reading(1, 0, 5));
    readings(reading(2, 0, 4));
    readings(reading(3, 0, 5));
    assertThat(books().wrong())
        .anySatisfy(one -> assertThat(one).asString().startsWith("out of order"))
        .anySatisfy(one -> assertThat(one).asString().startsWith("one reading, two numbers"));
  }

  @Test
  void whatTheBrokerKeptWhileItWasStoppedComes() throws Exception {
    readings(reading(1, 0, 0));
    assertThat(books().count("distinct")).isEqualTo(1);
    broker.stop();
    broker.start();
    leave();
    writer = new MqttClient(broker.url(), "writer", new MemoryPersistence());
    writer.connect();
    readings(reading(2, 0, 1));
    assertThat(books().count("distinct")).isEqualTo(2);
    assertThat(ledger.look().moments("connected")).hasSize(2);
  }
}
