package io.polegate.bench;

import io.polegate.bench.LibModbus.Request;
import io.polegate.bench.LibModbus.Server;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Reads of the Modbus driver beside those of a libmodbus client, both of a libmodbus server. */
final class ModbusBenchmark {
  private static final int NEIGHBOURS = 20;
  private static final int SCATTERED = 200;
  private static final int STEP = 5;
  private static final int PER_REQUEST = 25;
  private static final List<Request> ONE = List.of(new Request(0, NEIGHBOURS));

  /** Function, byte count, unit and checksum of the answer; the request has eight bytes. */
  private static final int CHARACTERS = 8 + 5 + 2 * NEIGHBOURS;

  private static final int BITS = 10;
  private static final List<Integer> BAUDS = List.of(9_600, 115_200);

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
      Server tcp = lib.tcp();
      neighbours(lib, tcp);
      scattered(lib, tcp);
      for (int baud : BAUDS) {
        line(lib, lib.rtu(baud), baud);
      }
    }
  }

  private void neighbours(LibModbus lib, Server tcp) throws Exception {
    int reads = scale.modbusReads();
    DriverReads driver = DriverReads.tcp(tcp.end(), range(NEIGHBOURS, 1));
    report.line(
        "TCP: %d neighbouring registers, one request per read, %,d reads per round",
        NEIGHBOURS, reads);
    List<Samples> rates =
        new Duel(scale)
            .run(
                new Contender("driver", () -> driver.rate(reads)),
                new Contender("libmodbus", () -> rate(lib, tcp, reads, ONE)));
    report.rates("driver", rates.get(0), "reads/s");
    report.rates("libmodbus", rates.get(1), "reads/s");
    report.ratio("driver / libmodbus", rates.get(0).over(rates.get(1)));
  }

  private void scattered(LibModbus lib, Server tcp) throws Exception {
    int reads = Math.max(1, scale.modbusReads() / 20);
    List<Integer> addresses = range(SCATTERED, STEP);
    DriverReads merged = DriverReads.tcp(tcp.end(), addresses);
    DriverReads perPoint = merged.withEachPointAlone();
    List<Request> grouped = grouped();
    List<Request> single = addresses.stream().map(address -> new Request(address, 1)).toList();
    report.line(
        "TCP: %d scattered points (every %dth register) of one device, %,d reads of all per round",
        SCATTERED, STEP, reads);
    List<Samples> rates =
        new Duel(scale)
            .run(
                new Contender("driver", () -> merged.rate(reads)),
                new Contender("driver, each alone", () -> perPoint.rate(reads)),
                new Contender("grouped", () -> rate(lib, tcp, reads, grouped)),
                new Contender("single", () -> rate(lib, tcp, reads, single)));
    report.rates("driver", rates.get(0), "reads/s");
    report.rates("driver, a request per point", rates.get(1), "reads/s");
    report.rates("libmodbus, grouped by hand into " + grouped.size(), rates.get(2), "reads/s");
    report.rates("libmodbus, a request per point", rates.get(3), "reads/s");
    report.ratio("driver / driver per point", rates.get(0).over(rates.get(1)));
    report.ratio("driver / libmodbus grouped", rates.get(0).over(rates.get(2)));
    report.ratio("driver / libmodbus single", rates.get(0).over(rates.get(3)));
  }

  private void line(LibModbus lib, Server rtu, int baud) throws Exception {
    int reads = (int) Math.max(1, (long) scale.modbusReads() * baud / 8_000_000);
    DriverReads driver = DriverReads.rtu(rtu.end(), baud, range(NEIGHBOURS, 1));
    double wire = (double) baud / BITS / CHARACTERS;
    report.line(
        "RTU, pseudo-terminals with %,d baud: %d neighbouring registers, %,d reads per round;"
            + " the wire allows %.1f reads/s",
        baud, NEIGHBOURS, reads, wire);
    List<Samples> rates =
        new Duel(scale)
            .run(
                new Contender("driver", () -> driver.rate(reads)),
                new Contender("libmodbus", () -> rate(lib, rtu, reads, ONE)));
    report.rates("driver", rates.get(0), "reads/s");
    report.rates("libmodbus", rates.get(1), "reads/s");
    report.ratio("driver / libmodbus", rates.get(0).over(rates.get(1)));
    report.line("%-34s %12.2f", "driver / wire", rates.get(0).median() / wire);
  }

  /** What the driver should find out by itself: as many points as fit into 125 registers. */
  private static List<Request> grouped() {
    return IntStream.range(0, SCATTERED / PER_REQUEST)
        .map(i -> i * PER_REQUEST * STEP)
        .mapToObj(start -> new Request(start, (PER_REQUEST - 1) * STEP + 1))
        .toList();
  }

  private static double rate(LibModbus lib, Server server, int reads, List<Request> requests)
      throws Exception {
    return Stopwatch.perSecond(reads, lib.read(server, reads, requests));
  }

  private static List<Integer> range(int count, int step) {
    return IntStream.range(0, count).map(i -> i * step).boxed().toList();
  }
}
