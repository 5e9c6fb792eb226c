package io.polegate.dist;

import io.polegate.testkit.PseudoTerminal;
import io.polegate.testkit.modbus.ModbusRtuLine;
import io.polegate.testkit.modbus.ModbusTcpPeer;
import io.polegate.testkit.modbus.ModbusUnit;
import io.polegate.testkit.modbus.Table;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Three units on a pseudo-terminal and one behind TCP, each with ten input registers, and the
 * document for them.
 */
final class SimulatedPole implements AutoCloseable {
  private static final int REGISTERS = 10;

  final Map<Integer, ModbusUnit> units = new LinkedHashMap<>();
  final ModbusUnit tcpUnit = unit();
  private final PseudoTerminal terminal = PseudoTerminal.open();
  private final ModbusRtuLine line;
  private final ModbusTcpPeer peer;

  SimulatedPole() throws IOException {
    for (int number = 1; number <= 3; number++) {
      units.put(number, unit());
    }
    line = new ModbusRtuLine(terminal, units);
    peer = new ModbusTcpPeer(0, Map.of(1, tcpUnit));
  }

  private static ModbusUnit unit() {
    ModbusUnit unit = new ModbusUnit();
    for (int register = 0; register < REGISTERS; register++) {
      unit.set(Table.INPUT, register, register);
    }
    return unit;
  }

  /** A document that polls everything this often and reports to this broker. */
  String document(String poll, String url) {
    StringBuilder points = new StringBuilder();
    for (int register = 0; register < REGISTERS; register++) {
      points.append("      p%d: {address: \"input:%d\"}\n".formatted(register, register));
    }
    String devices =
        units.keySet().stream()
            .map(number -> device("unit-" + number, "line", number, poll, points))
            .collect(Collectors.joining());
    return """
        pole: {id: P-1}
        journal: {commit-interval: 200ms}
        buses:
          line: {driver: modbus-rtu, port: %s, baud: 115200, timeout: 500ms, gap: 1ms, retry-limit: 5s}
          peer: {driver: modbus-tcp, host: 127.0.0.1, port: %d}
        devices:
        %s%scloud:
          city: {url: "%s", retry-limit: 2s}
        """
        .formatted(
            terminal.port(), peer.port(), devices, device("tcp-1", "peer", 1, poll, points), url);
  }

  private static String device(String id, String bus, int unit, String poll, CharSequence points) {
    return "  %s:\n    bus: %s\n    unit: %d\n    poll: %s\n    points:\n%s"
        .formatted(id, bus, unit, poll, points);
  }

  @Override
  public void close() throws IOException {
    line.close();
    terminal.close();
    peer.close();
  }
}
