package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.Await;
import io.polegate.testkit.mqtt.Mosquitto;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session with a real broker, whatever is said in it. */
final class SessionTest {
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final AtomicInteger woken = new AtomicInteger();

  private Session.Inbox inbox(String name) {
    return (topic, message, done) -> {
      heard.add(name + " " + topic);
      done.run();
    };
  }

  @Test
  void eachMessageGoesToTheInboxOfItsFilterAndWakesTheThread(@TempDir Path folder)
      throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder)) {
      LinkOptions link = LinkOptions.of("P-1", Pole.connection("city", broker.url()));
      Conversation talk =
          new SilentConversation(
              Map.of(
                  "a/+/set", inbox("plus"), "b/#", inbox("hash"), "plain/topic", inbox("plain")));
      Session session = new Session(link, URI.create(broker.url()), talk, woken::incrementAndGet);
      session.open();
      for (String topic : List.of("a/1/set", "a/1/2/set", "b", "b/1/2", "plain/topic", "plain")) {
        session.publish(
            new Message(topic, "x".getBytes(StandardCharsets.UTF_8), 1, false), () -> {});
      }
      Await.until("all came", () -> woken.get() == 4);
      session.close();
    }
    assertThat(heard).containsExactly("plus a/1/set", "hash b", "hash b/1/2", "plain plain/topic");
  }
}
