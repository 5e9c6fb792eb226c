package io.polegate.bench;

import io.polegate.testkit.mqtt.Mosquitto;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Processor time of the real gateway with 500 points a second, beside that with one point. */
final class LoadBenchmark {
  private static final int DEVICES = 10;
  private static final int POINTS = 50;
  private static final String TOPIC = "polegate/v1/+/telemetry";
  private static final double PERCENT = 100;

  private final Scale scale;
  private final Report report;
  private final WorkFolder work;
  private final Path gateway;
  private final Path sources;

  LoadBenchmark(Scale scale, Report report, WorkFolder work, Path gateway, Path sources) {
    this.scale = scale;
    this.report = report;
    this.work = work;
    this.gateway = gateway;
    this.sources = sources;
  }

  /** What one run gave. */
  private record Load(double percent, double megabytes) {}

  void run() throws Exception {
    Programs.require("mosquitto", "install the package mosquitto");
    report.title("load: processor time of the gateway, points read each second from libmodbus");
    report.line(
        "every reading is journalled and sent to mosquitto; %d s after a warm-up of as long,"
            + " share of one core",
        scale.loadSeconds());
    try (LibModbus lib = new LibModbus(sources, work.fresh());
        Mosquitto broker = Mosquitto.start(work.path())) {
      Load one = measure(lib, broker, 1, 1);
      Load all = measure(lib, broker, DEVICES, POINTS);
      print("1 point", one);
      print(DEVICES * POINTS + " points on " + DEVICES + " devices", all);
      report.line(
          "%-34s %12.3f %%",
          "per point beyond the first", (all.percent() - one.percent()) / (DEVICES * POINTS - 1));
    }
  }

  private void print(String name, Load load) {
    report.line(
        "%-34s %12.1f %% of a core, %.0f MB resident", name, load.percent(), load.megabytes());
  }

  private Load measure(LibModbus lib, Mosquitto broker, int devices, int points) throws Exception {
    String document = document(lib.tcp().end(), broker.port(), devices, points);
    try (FirstReadings readings = new FirstReadings(broker.url(), TOPIC)) {
      readings.arm();
      try (GatewayProcess process = new GatewayProcess(gateway, work.fresh(), document)) {
        readings.await(devices, process);
        TimeUnit.SECONDS.sleep(scale.loadSeconds());
        Duration before = ProcFile.processorTime(process.pid());
        long begin = System.nanoTime();
        TimeUnit.SECONDS.sleep(scale.loadSeconds());
        process.check();
        Duration used = ProcFile.processorTime(process.pid()).minus(before);
        double share = (double) used.toNanos() / (System.nanoTime() - begin);
        return new Load(PERCENT * share, ProcFile.residentKilobytes(process.pid()) * 1024 / 1e6);
      }
    }
  }

  private static String document(String modbusPort, int mqttPort, int devices, int points) {
    StringBuilder text = new StringBuilder();
    text.append("pole: {id: LOAD-1}\n");
    text.append("buses: {lan: {driver: modbus-tcp, host: 127.0.0.1, port: ")
        .append(modbusPort)
        .append("}}\n");
    text.append("cloud: {city: {format: json, url: \"tcp://127.0.0.1:")
        .append(mqttPort)
        .append("\"}}\ndevices:\n");
    for (int device = 1; device <= devices; device++) {
      text.append(
          String.format(
              Locale.ROOT, "  d%d:%n    bus: lan%n    unit: %d%n    poll: 1s%n", device, device));
      text.append("    points:\n");
      for (int point = 0; point < points; point++) {
        text.append(
            String.format(
                Locale.ROOT,
                "      p%d: {address: \"holding:%d\", scale: 0.1, unit: V}%n",
                point,
                point * 2));
      }
    }
    return text.toString();
  }
}
