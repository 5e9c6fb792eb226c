package io.polegate.driver.modbus;

import io.polegate.api.driver.BusScan.Candidate;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where devices may be, the likeliest first: the likely units at every speed, then all units. Pure.
 */
final class ScanPlan {
  /** What a probe asks first. */
  static final ModbusRequest PROBE = ModbusRequest.read(ModbusTable.HOLDING, 0, 1);

  /** Factory settings of the devices known to this project, and what installers choose. */
  private static final List<Integer> LIKELY_ON_LINE = List.of(1, 2, 3, 0x50, 50, 100, 4, 5);

  private static final List<Integer> LIKELY_ON_NETWORK = List.of(1, 255, 0, 2, 3, 4, 5, 10, 100);

  private static final List<Map<String, String>> RTU_LINES =
      List.of(
          line("9600", "8", "none", "1"),
          line("4800", "8", "none", "1"),
          line("2400", "8", "even", "1"),
          line("2400", "8", "none", "1"),
          line("19200", "8", "even", "1"),
          line("115200", "8", "none", "1"),
          line("9600", "8", "even", "1"),
          line("19200", "8", "none", "1"),
          line("9600", "8", "none", "2"),
          line("57600", "8", "none", "1"),
          line("38400", "8", "none", "1"));

  private static final List<Map<String, String>> ASCII_LINES =
      List.of(
          line("9600", "7", "even", "1"),
          line("9600", "8", "none", "1"),
          line("19200", "7", "even", "1"),
          line("9600", "7", "none", "2"),
          line("19200", "8", "none", "1"),
          line("4800", "7", "even", "1"));

  private ScanPlan() {}

  /** How long one probe takes on a bus. */
  @FunctionalInterface
  interface ProbeTime {
    /** At most. */
    Duration on(Settings bus) throws InvalidSettingException;
  }

  /** The ports and settings that an RTU device may have; always eight bits. */
  static List<Settings> rtu(List<String> ports, Settings known) {
    return lines(ports, RTU_LINES, Set.of("data-bits"), known);
  }

  /** The ports and settings that an ASCII device may have. */
  static List<Settings> ascii(List<String> ports, Settings known) {
    return lines(ports, ASCII_LINES, Set.of(), known);
  }

  /** One bus for each port of a host that is known; none without a host. */
  static List<Settings> network(List<String> ports, Settings known) {
    if (!known.texts().containsKey("host")) {
      return List.of();
    }
    Set<Settings> buses = new LinkedHashSet<>();
    for (String port : ports) {
      buses.add(merged(Map.of("port", port, "timeout", "500ms"), known));
    }
    return List.copyOf(buses);
  }

  /** Candidates on lines. */
  static List<Candidate> onLines(List<Settings> buses, ProbeTime time) {
    return passes(buses, LIKELY_ON_LINE, IntStream.rangeClosed(1, 247), time);
  }

  /** Candidates on a network. */
  static List<Candidate> onNetwork(List<Settings> buses, ProbeTime time) {
    return passes(buses, LIKELY_ON_NETWORK, IntStream.rangeClosed(0, 255), time);
  }

  private static List<Settings> lines(
      List<String> ports, List<Map<String, String>> lines, Set<String> fixed, Settings known) {
    String port = known.texts().get("port");
    Set<Settings> buses = new LinkedHashSet<>();
    for (String name : port == null ? ports : List.of(port)) {
      for (Map<String, String> line : lines) {
        Map<String, String> texts = new HashMap<>(line);
        texts.keySet().removeAll(fixed);
        texts.putAll(Map.of("port", name, "timeout", "200ms"));
        buses.add(merged(texts, known));
      }
    }
    return List.copyOf(buses);
  }

  private static List<Candidate> passes(
      List<Settings> buses, List<Integer> likely, IntStream all, ProbeTime time) {
    List<Integer> others = all.boxed().filter(unit -> !likely.contains(unit)).toList();
    return Stream.concat(pass(buses, likely, time).stream(), pass(buses, others, time).stream())
        .toList();
  }

  private static List<Candidate> pass(List<Settings> buses, List<Integer> units, ProbeTime time) {
    List<Settings> devices =
        units.stream().map(unit -> new Settings(Map.of("unit", unit.toString()))).toList();
    List<Candidate> candidates = new ArrayList<>();
    for (Settings bus : buses) {
      Duration atMost = atMost(bus, time);
      devices.forEach(device -> candidates.add(new Candidate(bus, device, atMost)));
    }
    return candidates;
  }

  private static Duration atMost(Settings bus, ProbeTime time) {
    try {
      return time.on(bus);
    } catch (InvalidSettingException e) {
      throw new IllegalArgumentException(e.key() + " " + e.getMessage(), e);
    }
  }

  private static Settings merged(Map<String, String> guessed, Settings known) {
    Map<String, String> texts = new HashMap<>(guessed);
    texts.putAll(known.texts());
    return new Settings(texts);
  }

  private static Map<String, String> line(
      String baud, String dataBits, String parity, String stopBits) {
    return Map.of("baud", baud, "data-bits", dataBits, "parity", parity, "stop-bits", stopBits);
  }
}
