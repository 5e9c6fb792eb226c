package io.polegate.bench;

import io.polegate.demo.SimulatedPole;
import io.polegate.testkit.mqtt.Mosquitto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Memory and start time of the real gateway with the demo's five devices. */
final class PoleBenchmark {
  private static final double GOAL_SECONDS = 3;
  private static final double GOAL_MEGABYTES = 110;
  private static final int DEVICES = 5;
  private static final String TOPIC = "polegate/v1/+/telemetry";

  private final Scale scale;
  private final Report report;
  private final WorkFolder work;
  private final Path gateway;

  PoleBenchmark(Scale scale, Report report, WorkFolder work, Path gateway) {
    this.scale = scale;
    this.report = report;
    this.work = work;
    this.gateway = gateway;
  }

  /** What one start gave. */
  private record Start(
      double firstReadingSeconds,
      double allDevicesSeconds,
      double megabytes,
      double restedMegabytes,
      double threads,
      double dataBytes) {}

  void run() throws Exception {
    Programs.require("mosquitto", "install the package mosquitto");
    report.title("pole: the gateway process with the demo's five devices");
    report.line(
        "%d starts with an empty data folder; memory is VmRSS; devices and broker are other processes",
        scale.starts());
    List<Start> starts = new ArrayList<>();
    try (Mosquitto broker = Mosquitto.start(work.path());
        SimulatedPole pole = new SimulatedPole(System::nanoTime);
        FirstReadings readings = new FirstReadings(broker.url(), TOPIC)) {
      String document = pole.document(broker.port());
      for (int i = 0; i < scale.starts(); i++) {
        starts.add(start(document, readings));
      }
    }
    print(starts);
  }

  private Start start(String document, FirstReadings readings) throws Exception {
    readings.arm();
    long begin = System.nanoTime();
    try (GatewayProcess process = new GatewayProcess(gateway, work.fresh(), document)) {
      double first = seconds(readings.await(1, process) - begin);
      double all = seconds(readings.await(DEVICES, process) - begin);
      double megabytes = megabytes(process);
      TimeUnit.SECONDS.sleep(scale.restSeconds());
      return new Start(
          first,
          all,
          megabytes,
          megabytes(process),
          ProcFile.threads(process.pid()),
          WorkFolder.bytes(process.data()));
    }
  }

  private void print(List<Start> starts) {
    String rested = "resident memory after " + scale.restSeconds() + " s more";
    figure("time to first reading at broker", starts, Start::firstReadingSeconds, "s");
    figure("time until all devices were heard", starts, Start::allDevicesSeconds, "s");
    figure("resident memory then", starts, Start::megabytes, "MB");
    figure(rested, starts, Start::restedMegabytes, "MB");
    figure("threads", starts, Start::threads, "");
    figure("data folder", starts, start -> start.dataBytes() / 1000, "kB");
    report.atMost(
        "worst time to first reading, s",
        GOAL_SECONDS,
        samples(starts, Start::firstReadingSeconds).highest());
    report.atMost(
        "worst resident memory, MB",
        GOAL_MEGABYTES,
        samples(starts, start -> Math.max(start.megabytes(), start.restedMegabytes())).highest());
  }

  private void figure(String name, List<Start> starts, ToDoubleFunction<Start> of, String unit) {
    Samples samples = samples(starts, of);
    report.line(
        "%-34s %12.2f %s (median of %d; worst %.2f)",
        name, samples.median(), unit, starts.size(), samples.highest());
  }

  private static Samples samples(List<Start> starts, ToDoubleFunction<Start> of) {
    return new Samples(starts.stream().map(of::applyAsDouble).toList());
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  /** A million bytes each, as the goal is meant. */
  private static double megabytes(GatewayProcess process) throws Exception {
    return ProcFile.residentKilobytes(process.pid()) * 1024 / 1e6;
  }
}
