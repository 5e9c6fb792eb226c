package io.polegate.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The command line. */
public final class Bench {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private Bench() {}

  /** Runs the benchmarks and ends the process: 0 if all ran, whether goals were met or not. */
  public static void main(String... words) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    Options options = Options.parse(List.of(words));
    if (options instanceof Options.Run run) {
      // a signal to this process alone must not leave a broker or a gateway behind
      Runtime.getRuntime().addShutdownHook(new Thread(Bench::endChildren, "end-children"));
      System.exit(run(run, new Report(out), err));
    } else if (options instanceof Options.Wrong wrong) {
      err.println("polegate-bench: " + wrong.message());
      err.print(Options.USAGE);
      System.exit(WRONG_USAGE);
    }
    out.print(Options.USAGE);
  }

  private static void endChildren() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
  }

  private static int run(Options.Run run, Report report, PrintStream err) {
    Path home = Path.of(System.getProperty("polegate.bench.home", "."));
    try (WorkFolder work = new WorkFolder(run.folder())) {
      Machine.describe(report, run.folder());
      for (Options.Name name : run.names()) {
        try (WorkFolder own = new WorkFolder(work.path())) {
          run(name, run.scale(), report, own, home);
        }
      }
      return 0;
    } catch (BenchmarkException e) {
      err.println("polegate-bench: " + e.getMessage());
    } catch (Exception e) {
      err.println("polegate-bench: cannot go on");
      e.printStackTrace(err);
    }
    return FAILED;
  }

  private static void run(Options.Name name, Scale scale, Report report, WorkFolder work, Path home)
      throws Exception {
    switch (name) {
      case APPEND -> new AppendBenchmark(scale, report, work).run();
      case WEAR -> new WearBenchmark(scale, report, work).run();
      case OPEN -> new OpenBenchmark(scale, report, work).run();
      case DRAIN -> new DrainBenchmark(scale, report, work).run();
      case ALARM -> new AlarmBenchmark(scale, report, work).run();
      case MODBUS -> new ModbusBenchmark(scale, report, work, home.resolve("c")).run();
      case LOAD ->
          new LoadBenchmark(scale, report, work, home.resolve("gateway"), home.resolve("c")).run();
      case POLE -> new PoleBenchmark(scale, report, work, home.resolve("gateway")).run();
    }
  }
}
