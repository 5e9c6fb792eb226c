package io.polegate.bench;

import io.polegate.api.config.ConnectionSpec;
import io.polegate.api.config.JournalSpec;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem.Event;
import io.polegate.api.journal.JournalItem.PointReading;
import io.polegate.api.journal.Lane;
import io.polegate.api.settings.Settings;
import io.polegate.buffer.SqliteJournal;
import io.polegate.cloud.CloudBridge;
import io.polegate.testkit.HandPoleClock;
import io.polegate.testkit.mqtt.Mosquitto;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * From the edge of an alarm to a subscriber behind the broker, by way of the disk and with readings
 * around it, beside the same message without a journal.
 */
final class AlarmBenchmark {
  private static final double GOAL_MILLIS = 50;
  private static final String POLE = "BENCH-0001";
  private static final String EVENTS = "polegate/v1/" + POLE + "/events";
  private static final int READINGS_AROUND = 50;
  private static final double P99 = 0.99;

  private final Scale scale;
  private final Report report;
  private final WorkFolder work;
  private final List<PointReading> readings = Readings.of(READINGS_AROUND);

  AlarmBenchmark(Scale scale, Report report, WorkFolder work) {
    this.scale = scale;
    this.report = report;
    this.work = work;
  }

  void run() throws Exception {
    Programs.require("mosquitto", "install the package mosquitto");
    report.title("alarm: from the edge to a subscriber behind the broker");
    report.line(
        "%,d alarms one after the other, %d readings before each; on loopback",
        scale.alarms(), READINGS_AROUND);
    try (Mosquitto broker = Mosquitto.start(work.path());
        Echo echo = new Echo(broker.url(), EVENTS)) {
      Samples ours = throughTheJournal(broker.url(), echo);
      Samples plain = published(broker.url(), echo);
      millis("journal, uplink, broker", ours);
      millis("bare publisher, broker", plain);
      report.line("%-34s %12.2f", "ours / bare publisher, medians", ours.median() / plain.median());
      report.atMost("p99 in ms", GOAL_MILLIS, ours.quantile(P99));
    }
  }

  private void millis(String name, Samples millis) {
    report.line(
        "%-34s %12.2f ms (median; p99 %.2f, worst %.2f)",
        name, millis.median(), millis.quantile(P99), millis.highest());
  }

  private Samples throughTheJournal(String url, Echo echo) throws Exception {
    HandPoleClock clock = HandPoleClock.system();
    ConnectionSpec connection =
        new ConnectionSpec("city", "json", new Settings(Map.of("url", url)));
    try (SqliteJournal journal =
        new SqliteJournal(work.fresh(), clock, System::nanoTime, JournalSpec.DEFAULT)) {
      CloudBridge bridge =
          new CloudBridge(
              journal,
              journal,
              command -> {
                throw new UnsupportedOperationException("nobody gives commands here");
              },
              clock,
              Path.of(""));
      journal.apply(DrainBenchmark.document(List.of(connection)));
      bridge.apply(DrainBenchmark.document(List.of(connection)));
      List<Double> millis = new ArrayList<>();
      for (int i = 0; i < scale.alarms(); i++) {
        readings.forEach(journal::append);
        Map<String, Value> number = Map.of("proof", new Value.Text(Echo.word(i)));
        long edge = System.nanoTime();
        journal.append(new Event(Lane.ALARM, clock.now(), "water-high", number));
        millis.add(echo.millisUntil(i, edge));
      }
      bridge.apply(DrainBenchmark.document(List.of()));
      // the first one waited for the session
      return new Samples(millis.subList(1, millis.size()));
    }
  }

  private Samples published(String url, Echo echo) throws Exception {
    List<Double> millis = new ArrayList<>();
    try (PlainPublisher publisher = new PlainPublisher(url, EVENTS, 1)) {
      for (int i = 0; i < scale.alarms(); i++) {
        byte[] payload = Echo.word(i).getBytes(StandardCharsets.UTF_8);
        long edge = System.nanoTime();
        publisher.publish(payload);
        millis.add(echo.millisUntil(i, edge));
      }
    }
    return new Samples(millis.subList(1, millis.size()));
  }
}
