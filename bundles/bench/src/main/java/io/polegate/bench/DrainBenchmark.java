package io.polegate.bench;

import io.polegate.api.config.ConnectionSpec;
import io.polegate.api.config.JournalSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.journal.JournalItem.PointReading;
import io.polegate.api.journal.JournalReader;
import io.polegate.api.journal.Lane;
import io.polegate.api.settings.Settings;
import io.polegate.buffer.SqliteJournal;
import io.polegate.cloud.CloudBridge;
import io.polegate.testkit.HandPoleClock;
import io.polegate.testkit.mqtt.Mosquitto;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The uplink's drain of a backlog beside the plainest loop and a bare publisher. */
final class DrainBenchmark {
  private static final double GOAL = 0.8;
  private static final String POLE = "BENCH-0001";
  private static final String TOPIC = "polegate/v1/" + POLE + "/telemetry";
  private static final int BATCH = 200;
  private static final int WINDOW = 16;
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

  private final Scale scale;
  private final Report report;
  private final WorkFolder work;
  private final List<PointReading> readings;
  private final Set<Long> messageBytes = new HashSet<>();
  private int rounds;

  DrainBenchmark(Scale scale, Report report, WorkFolder work) {
    this.scale = scale;
    this.report = report;
    this.work = work;
    this.readings = Readings.of(scale.drained());
  }

  void run() throws Exception {
    Programs.require("mosquitto", "install the package mosquitto");
    report.title("drain: a backlog through the uplink to mosquitto");
    report.line(
        "%,d readings per round, %d per message, %d messages under way, QoS 1;"
            + " from connecting to the last acknowledgement",
        scale.drained(), BATCH, WINDOW);
    try (Mosquitto broker = Mosquitto.start(work.path());
        Arrivals arrivals = new Arrivals(broker.url(), TOPIC);
        JournalFill fill = new JournalFill(work.fresh());
        PlainTable table = new PlainTable(work.fresh())) {
      fill.append(readings);
      fill.awaitStored(scale.drained());
      table.insert(readings, scale.drained());
      PlainDrain drain = new PlainDrain(table, readings, POLE, BATCH);
      List<byte[]> ready = new ArrayList<>();
      drain.run(ready::add);
      memory("before the first round");
      List<Samples> rates =
          new Duel(scale)
              .run(
                  new Contender(
                      "uplink", () -> uplinkRound(fill.journal(), broker.url(), arrivals)),
                  new Contender(
                      "plainest loop", () -> plainRound(drain::run, broker.url(), arrivals)),
                  new Contender(
                      "bare publisher",
                      () -> plainRound(to -> publish(ready, to), broker.url(), arrivals)));
      memory("after the last round");
      print(rates);
    }
  }

  /** The contenders' own readings and messages are in it, the same at both times. */
  private void memory(String when) throws IOException {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    report.line(
        "%-34s %,d kB heap in use, %,d kB resident",
        "memory " + when,
        (runtime.totalMemory() - runtime.freeMemory()) / 1024,
        ProcFile.residentKilobytes(ProcessHandle.current().pid()));
  }

  private void print(List<Samples> rates) throws BenchmarkException {
    if (messageBytes.size() != 1) {
      throw new BenchmarkException("the contenders sent different messages: " + messageBytes);
    }
    report.line(
        "every round: all %,d readings arrived at a subscriber once, in the same %,d bytes",
        scale.drained(), messageBytes.iterator().next());
    report.rates("uplink", rates.get(0), "readings/s");
    report.rates("plainest loop", rates.get(1), "readings/s");
    report.rates("bare publisher", rates.get(2), "readings/s");
    report.ratio("uplink / bare publisher", rates.get(0).over(rates.get(2)));
    Samples ratio = rates.get(0).over(rates.get(1));
    report.ratio("uplink / plainest loop", ratio);
    report.atLeast("uplink / plainest loop", GOAL, ratio.median());
  }

  /** Each round is a connection that was never seen before, so it starts at the oldest reading. */
  private double uplinkRound(SqliteJournal journal, String url, Arrivals arrivals)
      throws Exception {
    String name = "city-" + ++rounds;
    CloudBridge bridge =
        new CloudBridge(
            journal,
            journal,
            command -> {
              throw new UnsupportedOperationException("nobody gives commands here");
            },
            HandPoleClock.system(),
            Path.of(""));
    ConnectionSpec connection =
        new ConnectionSpec(
            name,
            "json",
            new Settings(
                Map.of("url", url, "batch", "" + BATCH, "window", Integer.toString(WINDOW))));
    journal.apply(document(List.of(connection)));
    JournalReader.Cursor cursor = journal.cursor(name);
    long begin = System.nanoTime();
    bridge.apply(document(List.of(connection)));
    awaitAcknowledged(cursor, begin + PATIENCE_NANOS);
    double rate = Stopwatch.rate(scale.drained(), begin);
    bridge.apply(document(List.of()));
    messageBytes.add(arrivals.expect(scale.drained()));
    return rate;
  }

  private void awaitAcknowledged(JournalReader.Cursor cursor, long deadlineNanos)
      throws BenchmarkException, InterruptedException {
    while (cursor.acknowledged(Lane.TELEMETRY) < scale.drained()) {
      if (System.nanoTime() - deadlineNanos > 0) {
        throw new BenchmarkException("the uplink does not drain the journal");
      }
      Thread.sleep(1);
    }
  }

  /** Gives all messages to a target. */
  @FunctionalInterface
  private interface Source {
    void run(PlainDrain.Target target) throws Exception;
  }

  private double plainRound(Source source, String url, Arrivals arrivals) throws Exception {
    long begin = System.nanoTime();
    double rate;
    try (PlainPublisher publisher = new PlainPublisher(url, TOPIC, WINDOW)) {
      source.run(publisher::publish);
      publisher.awaitAll();
      rate = Stopwatch.rate(scale.drained(), begin);
    }
    messageBytes.add(arrivals.expect(scale.drained()));
    return rate;
  }

  private static void publish(List<byte[]> messages, PlainDrain.Target target) throws Exception {
    for (byte[] message : messages) {
      target.publish(message);
    }
  }

  /** With these connections and nothing else. */
  static PoleSpec document(List<ConnectionSpec> connections) {
    return new PoleSpec(
        POLE,
        Map.of(),
        Optional.empty(),
        ZoneOffset.UTC,
        JournalSpec.DEFAULT,
        List.of(),
        List.of(),
        connections);
  }
}
