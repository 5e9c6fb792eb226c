package io.polegate.dist;

import io.polegate.testkit.PseudoTerminal;
import io.polegate.testkit.modbus.ModbusRtuLine;
import io.polegate.testkit.modbus.ModbusUnit;
import io.polegate.testkit.modbus.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Twenty units on one pseudo-terminal, each of which notes when it is asked. */
final class TwentyUnits implements AutoCloseable {
  static final int COUNT = 20;

  private final Map<Integer, ModbusUnit> units = new LinkedHashMap<>();
  private final Map<Integer, List<Long>> asked = new LinkedHashMap<>();
  private final PseudoTerminal terminal = PseudoTerminal.open();
  private final ModbusRtuLine line;

  TwentyUnits() throws IOException {
    for (int number = 1; number <= COUNT; number++) {
      List<Long> times = Collections.synchronizedList(new ArrayList<>());
      ModbusUnit unit = new ModbusUnit().set(Table.INPUT, 0, 100 + number, 7);
      unit.onRequest(() -> times.add(System.nanoTime()));
      units.put(number, unit);
      asked.put(number, times);
    }
    line = new ModbusRtuLine(terminal, units);
  }

  /** When this unit was asked since some moment, on the clock of {@link System#nanoTime}. */
  List<Long> askedSince(int unit, long nanos) {
    List<Long> times = Objects.requireNonNull(asked.get(unit));
    synchronized (times) {
      return times.stream().filter(time -> time >= nanos).toList();
    }
  }

  /** The longest time in which this unit was not asked, from some moment until its last poll. */
  long longestPauseMillis(int unit, long sinceNanos) {
    long longest = 0;
    long last = sinceNanos;
    for (long time : askedSince(unit, sinceNanos)) {
      longest = Math.max(longest, time - last);
      last = time;
    }
    return TimeUnit.NANOSECONDS.toMillis(longest);
  }

  /** A document that asks each of them this often; one has another scale. */
  String document(String poll, int unit, double scale) {
    String devices =
        units.keySet().stream()
            .map(
                number ->
                    "  unit-%d: {bus: line, unit: %d, poll: %s, points: {a: {address: \"input:0\", scale: %s}, b: {address: \"input:1\"}}}\n"
                        .formatted(number, number, poll, number == unit ? scale : 1.0))
            .collect(Collectors.joining());
    return """
        pole: {id: P-1}
        journal: {commit-interval: 100ms}
        buses:
          line: {driver: modbus-rtu, port: %s, baud: 115200, timeout: 500ms, gap: 1ms, retry-limit: 2s}
        devices:
        %s"""
        .formatted(terminal.port(), devices);
  }

  @Override
  public void close() {
    line.close();
    terminal.close();
  }
}
