package io.polegate.bench;

import io.polegate.api.journal.JournalItem.PointReading;
import io.polegate.api.journal.JournalStatus;
import java.nio.file.Path;
import java.util.List;

/** The journal's append rate beside plain batched inserts with the same durability. */
final class AppendBenchmark {
  private static final double GOAL = 0.8;

  private final Scale scale;
  private final Report report;
  private final WorkFolder work;
  private final List<PointReading> readings;
  private Disk journal = Disk.NONE;
  private Disk plain = Disk.NONE;

  AppendBenchmark(Scale scale, Report report, WorkFolder work) {
    this.scale = scale;
    this.report = report;
    this.work = work;
    this.readings = Readings.of(scale.appends());
  }

  /** What a round left behind. */
  private record Disk(int commits, long writtenBytes, long fileBytes) {
    private static final Disk NONE = new Disk(1, 0, 0);
  }

  void run() throws Exception {
    report.title("append: journal against plain batched SQLite inserts");
    report.line(
        "%,d readings per round; from the first append to a closed file; WAL, synchronous=FULL",
        scale.appends());
    List<Samples> rates =
        new Duel(scale)
            .run(
                new Contender("journal", this::journalRound),
                new Contender("plain inserts", this::plainRound));
    report.rates("journal", rates.get(0), "readings/s");
    report.rates("plain inserts", rates.get(1), "readings/s");
    disk("journal", journal);
    disk("plain inserts", plain);
    Samples ratio = rates.get(0).over(rates.get(1));
    report.ratio("journal / plain inserts", ratio);
    report.atLeast("journal / plain inserts", GOAL, ratio.median());
  }

  private void disk(String name, Disk disk) {
    report.line(
        "%-34s %d commits; %.1f bytes written, %.1f bytes in the file per reading",
        name,
        disk.commits(),
        (double) disk.writtenBytes() / scale.appends(),
        (double) disk.fileBytes() / scale.appends());
  }

  private double journalRound() throws Exception {
    Path folder = work.fresh();
    long writtenBefore = ProcFile.writtenBytes();
    JournalFill fill = new JournalFill(folder);
    long begin;
    try (fill) {
      begin = System.nanoTime();
      fill.append(readings);
    }
    double rate = Stopwatch.rate(scale.appends(), begin);
    journal =
        new Disk(fill.commits(), ProcFile.writtenBytes() - writtenBefore, WorkFolder.bytes(folder));
    check(fill.journal().status());
    return rate;
  }

  private void check(JournalStatus status) throws BenchmarkException {
    if (status.lastSeq() != scale.appends() || status.lostItems() != 0) {
      throw new BenchmarkException("the journal has not what was appended: " + status);
    }
  }

  /** As many commits as the journal's last round had. */
  private double plainRound() throws Exception {
    Path folder = work.fresh();
    long writtenBefore = ProcFile.writtenBytes();
    int rowsPerCommit = (scale.appends() + journal.commits() - 1) / journal.commits();
    long begin;
    int commits;
    try (PlainTable table = new PlainTable(folder)) {
      begin = System.nanoTime();
      commits = table.insert(readings, rowsPerCommit);
    }
    double rate = Stopwatch.rate(scale.appends(), begin);
    plain = new Disk(commits, ProcFile.writtenBytes() - writtenBefore, WorkFolder.bytes(folder));
    return rate;
  }
}
