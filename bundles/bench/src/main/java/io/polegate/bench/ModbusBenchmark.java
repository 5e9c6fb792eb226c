package io.polegate.bench;

import io.polegate.api.data.Value;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import io.polegate.driver.modbus.ModbusTcp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Reads of the Modbus driver beside those of a libmodbus client, both of a libmodbus server. */
final class ModbusBenchmark {
  private static final Settings DEVICE = new Settings(Map.of("unit", "1"));
  private static final int NEIGHBOURS = 20;
  private static final int SCATTERED = 100;
  private static final int STEP = 5;
  private static final int PER_REQUEST = 25;

  private final Scale scale;
  private final Report report;
  private final WorkFolder work;
  private final Path sources;

  ModbusBenchmark(Scale scale, Report report, WorkFolder work, Path sources) {
    this.scale = scale;
    this.report = report;
    this.work = work;
    this.sources = sources;
  }

  void run() throws Exception {
    report.title("modbus: the driver against a libmodbus client, on one connection each");
    try (LibModbus lib = new LibModbus(sources, work.fresh())) {
      neighbours(lib);
      scattered(lib);
    }
  }

  private void neighbours(LibModbus lib) throws Exception {
    int reads = scale.modbusReads();
    List<Integer> addresses = IntStream.range(0, NEIGHBOURS).boxed().toList();
    List<LibModbus.Request> request = List.of(new LibModbus.Request(0, NEIGHBOURS));
    report.line(
        "%d neighbouring registers, one request per read, %,d reads per round", NEIGHBOURS, reads);
    List<Samples> rates =
        new Duel(scale)
            .run(
                new Contender("driver", () -> driverRound(lib.port(), reads, addresses)),
                new Contender("libmodbus", () -> libRound(lib, reads, request)));
    report.rates("driver", rates.get(0), "reads/s");
    report.rates("libmodbus", rates.get(1), "reads/s");
    report.ratio("driver / libmodbus", rates.get(0).over(rates.get(1)));
  }

  private void scattered(LibModbus lib) throws Exception {
    int reads = Math.max(1, scale.modbusReads() / 10);
    List<Integer> addresses = IntStream.range(0, SCATTERED).map(i -> i * STEP).boxed().toList();
    List<LibModbus.Request> grouped = grouped();
    List<LibModbus.Request> single =
        addresses.stream().map(address -> new LibModbus.Request(address, 1)).toList();
    report.line(
        "%d scattered points (every %dth register), %,d reads of all per round",
        SCATTERED, STEP, reads);
    List<Samples> rates =
        new Duel(scale)
            .run(
                new Contender("driver", () -> driverRound(lib.port(), reads, addresses)),
                new Contender("grouped", () -> libRound(lib, reads, grouped)),
                new Contender("single", () -> libRound(lib, reads, single)));
    report.rates("driver", rates.get(0), "reads/s");
    report.rates("libmodbus, grouped by hand into " + grouped.size(), rates.get(1), "reads/s");
    report.rates("libmodbus, a request per point", rates.get(2), "reads/s");
    report.ratio("driver / libmodbus grouped", rates.get(0).over(rates.get(1)));
    report.ratio("driver / libmodbus single", rates.get(0).over(rates.get(2)));
  }

  /** What the driver should find out by itself: as many points as fit into 125 registers. */
  private static List<LibModbus.Request> grouped() {
    return IntStream.range(0, SCATTERED / PER_REQUEST)
        .map(i -> i * PER_REQUEST * STEP)
        .mapToObj(start -> new LibModbus.Request(start, (PER_REQUEST - 1) * STEP + 1))
        .toList();
  }

  private static double driverRound(int port, int reads, List<Integer> addresses) throws Exception {
    Settings bus = new Settings(Map.of("host", "127.0.0.1", "port", Integer.toString(port)));
    try (Driver driver = new ModbusTcp().create(bus)) {
      List<Point> points = points(driver, addresses);
      driver.open();
      long begin = System.nanoTime();
      for (int i = 0; i < reads; i++) {
        check(driver.read(points), addresses);
      }
      return Stopwatch.rate(reads, begin);
    }
  }

  private static double libRound(LibModbus lib, int reads, List<LibModbus.Request> requests)
      throws Exception {
    return Stopwatch.perSecond(reads, lib.read(reads, requests));
  }

  private static List<Point> points(Driver driver, List<Integer> addresses)
      throws InvalidSettingException {
    List<Point> points = new ArrayList<>();
    for (int address : addresses) {
      points.add(driver.point(DEVICE, new Settings(Map.of("address", "holding:" + address))));
    }
    return points;
  }

  /** Each register holds its own address; the C client looks at the ends of an answer too. */
  private static void check(List<Sample> samples, List<Integer> addresses)
      throws BenchmarkException {
    for (int i : new int[] {0, samples.size() - 1}) {
      boolean right =
          samples.get(i) instanceof Sample.Good good
              && good.value() instanceof Value.Int number
              && number.value() == addresses.get(i);
      if (!right) {
        throw new BenchmarkException(
            "register " + addresses.get(i) + " was read as " + samples.get(i));
      }
    }
  }
}
