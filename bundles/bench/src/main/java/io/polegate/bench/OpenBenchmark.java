package io.polegate.bench;

import io.polegate.api.config.JournalSpec;
import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem.PointReading;
import io.polegate.api.journal.Lane;
import io.polegate.buffer.SqliteJournal;
import io.polegate.testkit.HandPoleClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** How long it takes until a large journal can be read and written. */
final class OpenBenchmark {
  private static final double GOAL_SECONDS = 2;
  private static final int TEXT = 1000;
  private static final long WAITING = 4096;

  private final Scale scale;
  private final Report report;
  private final WorkFolder work;

  OpenBenchmark(Scale scale, Report report, WorkFolder work) {
    this.scale = scale;
    this.report = report;
    this.work = work;
  }

  void run() throws Exception {
    report.title("open: a large journal");
    Path folder = work.fresh();
    fill(folder);
    report.line("%,d bytes on disk; in the system's page cache", WorkFolder.bytes(folder));
    List<Samples> rates =
        new Duel(scale)
            .run(
                new Contender("journal", () -> open(folder)),
                new Contender("plain SQLite", () -> plain(folder)));
    double slowest = 1 / rates.get(0).lowest();
    report.line("%-34s %12.3f s (slowest)", "journal, to the first read and write", slowest);
    report.line(
        "%-34s %12.3f s (slowest)", "SQLite, to the first and last row", 1 / rates.get(1).lowest());
    report.atMost("seconds to open", GOAL_SECONDS, slowest);
  }

  private JournalSpec spec() {
    return new JournalSpec(3L * scale.openBytes() + 10_000_000, Duration.ofSeconds(1));
  }

  private void fill(Path folder) throws Exception {
    Random random = new Random(1);
    try (SqliteJournal journal =
        new SqliteJournal(folder, HandPoleClock.system(), System::nanoTime, spec())) {
      for (long i = 0; i < scale.openBytes() / TEXT; i++) {
        byte[] noise = new byte[TEXT / 2];
        random.nextBytes(noise);
        PointReading item = reading(i, HexFormat.of().formatHex(noise));
        if (i % WAITING == 0) {
          journal.appendDurably(item).toCompletableFuture().join();
        } else {
          journal.append(item);
        }
      }
    }
  }

  private static PointReading reading(long number, String text) {
    SampleTime time = SampleTime.of(Instant.ofEpochSecond(1_793_534_400L + number));
    return new PointReading("camera-1", "text", "", new Reading.Good(new Value.Text(text), time));
  }

  /** Opens, reads the oldest, writes, closes outside of the time. */
  private double open(Path folder) throws Exception {
    long begin = System.nanoTime();
    try (SqliteJournal journal =
        new SqliteJournal(folder, HandPoleClock.system(), System::nanoTime, spec())) {
      int read = journal.cursor("city").read(Lane.TELEMETRY, 0, 1).size();
      journal.appendDurably(reading(0, "new")).toCompletableFuture().join();
      double rate = Stopwatch.rate(1, begin);
      if (read != 1) {
        throw new BenchmarkException("the large journal is empty");
      }
      return rate;
    }
  }

  private double plain(Path folder) throws Exception {
    long begin = System.nanoTime();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("journal.db"));
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select min(first_seq), max(first_seq) from block_telemetry")) {
      if (!row.next() || row.getLong(2) == 0) {
        throw new BenchmarkException("the large journal is empty");
      }
      return Stopwatch.rate(1, begin);
    }
  }
}
