package io.polegate.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the kernel counts as written to the disk per reading, of a process that stores 20 readings a
 * second with a commit every 5 s, beside one that stores a row a reading with the same commits.
 */
final class WearBenchmark {
  private static final double GOAL = 60;
  private static final int PER_COMMIT = 100;
  private static final int MINUTES = 10;

  private final Scale scale;
  private final Report report;
  private final WorkFolder work;

  WearBenchmark(Scale scale, Report report, WorkFolder work) {
    this.scale = scale;
    this.report = report;
    this.work = work;
  }

  void run() throws Exception {
    report.title("wear: bytes written to the disk per reading");
    report.line(
        "%,d commits of %d readings each, without the 5 s between them;"
            + " write_bytes of a process of its own, log and checkpoints included",
        scale.commits(), PER_COMMIT);
    double journal = perReading("journal");
    double plain = perReading("plain");
    report.line("%-34s %12.1f bytes/reading", "journal", journal);
    report.line("%-34s %12.1f bytes/reading", "a row a reading, 4 KiB pages", plain);
    report.line("%-34s %12.2f", "journal / a row a reading", journal / plain);
    report.line(
        "%-34s %12.1f GB", "journal, a year of 20 readings/s", journal * 20 * 365 * 86_400 / 1e9);
    report.atMost("bytes written per reading", GOAL, journal);
  }

  private double perReading(String kind) throws Exception {
    Path folder = work.fresh();
    int readings = scale.commits() * PER_COMMIT;
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    CommittedReadings.class.getName(),
                    kind,
                    folder.toString(),
                    Integer.toString(readings),
                    Integer.toString(PER_COMMIT)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new BenchmarkException("the process that stores readings failed");
    }
    return bytes(said) / (readings - PER_COMMIT);
  }

  private static double bytes(String said) throws IOException {
    List<String> lines = said.lines().toList();
    if (lines.isEmpty()) {
      throw new IOException("the process that stores readings said nothing");
    }
    return Double.parseDouble(lines.get(lines.size() - 1));
  }
}
