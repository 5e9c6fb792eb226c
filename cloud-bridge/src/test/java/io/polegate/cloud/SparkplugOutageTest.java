package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.journal.Lane;
import io.polegate.api.live.DeviceStatus;
import io.polegate.testkit.Await;
import io.polegate.testkit.mqtt.Mosquitto;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A host application by others and a watch of our own follow a pole through outages. Long with
 * {@code -Dpolegate.sparkplug.minutes=60}.
 */
final class SparkplugOutageTest {
  private static final Duration SHORT = Duration.ofSeconds(10);
  private static final Duration LONG =
      Duration.ofMinutes(Integer.getInteger("polegate.sparkplug.minutes", 0));

  private Mosquitto broker;
  private FaultyLine line;
  private SparkplugPole pole;
  private SequenceWatch watch;
  private TahuHost host;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    broker = Mosquitto.start(folder, SequenceWatch.KEEP);
    line = new FaultyLine(broker.port());
    watch = new SequenceWatch(broker.url(), "street");
    host = new TahuHost("city", "street", broker.url());
    pole = new SparkplugPole();
  }

  @AfterEach
  void stop() throws Exception {
    pole.close();
    host.close();
    watch.close();
    line.close();
    broker.close();
  }

  @Test
  @ResourceLock(TahuHost.ONE_AT_A_TIME)
  void aHostByOthersSeesEveryItemAndNoSequenceErrorThroughOutages() throws Exception {
    pole.connect(line.url(), "primary-host", "city", "keep-alive", "1s", "batch", "10");
    Await.until("the host saw the birth", () -> watch.count("NBIRTH") > 0);
    Random random = new Random(5);
    long end = System.nanoTime() + (LONG.isZero() ? SHORT : LONG).toNanos();
    long outage = System.nanoTime() + Duration.ofMillis(1500).toNanos();
    for (int i = 0; System.nanoTime() < end; i++) {
      pole.lamp(i);
      pole.weather(i / 10.0);
      if (i % 50 == 49) {
        pole.journal.append(InMemoryJournal.event(Lane.ALARM, "tilt"));
      }
      if (System.nanoTime() > outage) {
        outage(random.nextInt(4));
        outage = System.nanoTime() + Duration.ofMillis(1500 + random.nextInt(1000)).toNanos();
      }
      Thread.sleep(20);
    }
    long last = pole.journal.status().lastSeq();
    pole.awaitDrained();
    Await.until("the host has all of " + last, () -> host.hasAllUpTo(last));

    assertThat(watch.faults()).isEmpty();
    assertThat(watch.count("NCMD")).as("births that the host had to ask for").isZero();
    assertThat(host.told()).anyMatch(TahuHost.Told::historical);
    assertThat(host.told()).allMatch(told -> told.value().isPresent());
    assertThat(watch.count("NBIRTH")).isGreaterThan(2);
  }

  private void outage(int kind) throws Exception {
    switch (kind) {
      case 0 -> line.breakNow();
      case 1 -> {
        broker.stop();
        Thread.sleep(200);
        broker.start();
        watch.connect();
      }
      case 2 -> pole.live.state("lamp-1", DeviceStatus.State.OFFLINE);
      default -> {
        line.mode(FaultyLine.Mode.REFUSE);
        line.breakNow();
        Thread.sleep(300);
        line.mode(FaultyLine.Mode.PASS);
      }
    }
  }
}
