package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import io.polegate.testkit.Await;
import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.mqtt.Platform;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes smaller on the line, and what does not. */
final class CompressionTest {

  @Test
  void compressedReadingsArriveWhole(@TempDir Path folder) throws Exception {
    Pole pole = new Pole();
    pole.journal.appendReadings(450);
    pole.journal.append(InMemoryJournal.event(Lane.ALARM, "tilt"));
    try (pole;
        Mosquitto broker = Mosquitto.start(folder);
        Platform platform = new Platform(broker.url(), "P-1")) {
      pole.connect(broker.url(), "compression", "gzip");
      Await.until("all arrived", () -> platform.hasAllUpTo(451));
      pole.awaitDrained();
      assertThat(platform.readings("lamp-1", "level").get(449)).containsEntry("value", 449L);
    }
  }

  @Test
  void whatWouldGrowGoesAsItIs() {
    byte[] few = {'{', '}'};
    assertThat(Compression.GZIP.of(few)).isSameAs(few);
    byte[] many = new byte[10_000];
    assertThat(Compression.NONE.of(many)).isSameAs(many);
    assertThat(Compression.GZIP.of(many)).hasSizeLessThan(100).startsWith(0x1f, 0x8b);
  }

  @Test
  void aMessageOfAPoleBecomesSmaller() {
    JsonEncoder encoder = new JsonEncoder("SZ-FT-0012", 0);
    byte[] plain = encoder.encode(Lane.TELEMETRY, aPole(200)).payload();
    byte[] packed = Compression.GZIP.of(plain);
    System.out.printf(
        "200 readings: %,d bytes plain, %,d bytes gzip, %.1f to 1%n",
        plain.length, packed.length, (double) plain.length / packed.length);
    assertThat(packed).hasSizeLessThan(plain.length / 2);
  }

  /** Ten devices of five points with noise in their values and times. */
  private static List<Sequenced> aPole(int count) {
    Random random = new Random(4);
    List<Sequenced> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SampleTime time =
          new SampleTime(
              InMemoryJournal.NOON.plusMillis(20L * i + random.nextInt(20)), TimeQuality.TRUSTED);
      Value value = new Value.Real(Math.round(random.nextGaussian() * 1000) / 100.0);
      items.add(
          new Sequenced(
              1000 + i,
              new JournalItem.PointReading(
                  "device-" + i % 10,
                  "point-" + i % 50 / 10,
                  "m/s",
                  new Reading.Good(value, time))));
    }
    return items;
  }
}
