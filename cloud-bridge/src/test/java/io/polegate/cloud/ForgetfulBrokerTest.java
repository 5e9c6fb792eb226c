package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.Await;
import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.mqtt.Platform;
import io.polegate.testkit.net.FaultyLink;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that keeps nothing over a restart, behind a link with faults. */
final class ForgetfulBrokerTest {
  private final Pole pole = new Pole();

  @AfterEach
  void stop() {
    pole.close();
  }

  @Test
  void afterItsRestartReadingsAndCommandsFlowAgain(@TempDir Path folder) throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder, "persistence false");
        Platform platform = new Platform(broker.url(), "P-1")) {
      pole.connect(broker.url());
      pole.awaitConnected();
      pole.journal.appendReadings(10);
      pole.awaitDrained();
      Await.until("all arrived", () -> platform.hasAllUpTo(10));
      broker.stop();
      pole.journal.appendReadings(10);
      broker.start();
      platform.connect();
      pole.awaitDrained();
      platform.command(
          "{\"id\":\"c-1\",\"device\":\"lamp-1\",\"point\":\"level\",\"value\":5,\"deadline\":"
              + InMemoryJournal.NOON.plusSeconds(60).toEpochMilli()
              + "}");
      Await.until("the command is answered", () -> platform.results("c-1").size() == 1);
    }
  }

  @Test
  void aHalfOpenConnectionIsNoticedAndNothingIsLost(@TempDir Path folder) throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder);
        FaultyLink link = new FaultyLink(broker.port());
        Platform platform = new Platform(broker.url(), "P-1")) {
      pole.connect(link.url(), "keep-alive", "1s");
      pole.awaitConnected();
      link.halfOpen();
      pole.journal.appendReadings(100);
      Await.until("all arrived", () -> platform.hasAllUpTo(100));
      assertThat(link.accepted()).isGreaterThan(1);
      pole.awaitDrained();
    }
  }
}
