package io.polegate.testkit.modbus;

import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.data.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A simulated Modbus device made from the points of a document or profile. It puts values into
 * registers and tells what they mean by reckonings of its own, which share nothing with the driver
 * and with {@link io.polegate.api.config.Coding} but the description. Only what is described
 * exists, and what is written before and after values. For one thread, beside that of the simulated
 * bus.
 */
public final class ProfileSimulator {
  /** Enough to tell 32 neighbouring bits apart. */
  private static final int LEAST_ROUNDS = 5;

  private final ModbusUnit unit = new ModbusUnit();
  private final Map<String, PointSpec> points = new LinkedHashMap<>();
  private final Map<String, SimulatedPoint> places = new HashMap<>();
  private final Map<String, Value> shown = new HashMap<>();
  private final Map<Table, Table> tables;
  private final int mostHole;

  /** A device with its points, of which no two may use the same register. */
  public ProfileSimulator(DeviceSpec device) {
    this(device, device.points(), false);
  }

  /**
   * A device with some of its points.
   *
   * @param otherFunction whether it knows only the other function for registers, for devices with
   *     {@code registers: either}
   */
  public ProfileSimulator(DeviceSpec device, List<PointSpec> some, boolean otherFunction) {
    Map<String, String> settings = device.settings().texts();
    this.mostHole = Integer.parseInt(settings.getOrDefault("max-hole", "8"));
    this.tables = tables(settings.getOrDefault("registers", "as-addressed"), otherFunction);
    for (PointSpec point : some) {
      SimulatedPoint place = SimulatedPoint.of(point.settings().texts());
      points.put(point.id(), point);
      places.put(point.id(), place);
      for (int i = 0; i < place.size(); i++) {
        exist(place.table(), place.address() + i);
      }
      steps(point.settings().texts());
    }
    steps(settings);
    if (settings.getOrDefault("registers", "").equals("either")) {
      limitFunctions();
    }
    unit.onWrite(this::mirror);
  }

  /** The points of a device in as few parts as possible, none of which uses a register twice. */
  public static List<List<PointSpec>> parts(DeviceSpec device) {
    List<List<PointSpec>> parts = new ArrayList<>();
    for (PointSpec point : device.points()) {
      List<PointSpec> part =
          parts.stream()
              .filter(free -> free.stream().noneMatch(other -> overlap(other, point)))
              .findFirst()
              .orElseGet(
                  () -> {
                    List<PointSpec> another = new ArrayList<>();
                    parts.add(another);
                    return another;
                  });
      part.add(point);
    }
    return parts.stream().map(part -> withFactors(part, device)).toList();
  }

  /**
   * Lets what lies between points be read as well, as far as the device is told to be read across.
   */
  public void fillHoles() {
    for (Table table : Table.values()) {
      int end = -1;
      for (SimulatedPoint place : inOrder(table)) {
        if (end >= 0 && place.address() - end <= mostHole) {
          IntStream.range(end, place.address()).forEach(hole -> exist(table, hole));
        }
        end = Math.max(end, place.address() + place.size());
      }
    }
  }

  private List<SimulatedPoint> inOrder(Table table) {
    return places.values().stream()
        .filter(place -> place.table() == table)
        .sorted(Comparator.comparingInt(SimulatedPoint::address))
        .toList();
  }

  /** What is on the line. */
  public ModbusUnit unit() {
    return unit;
  }

  /** How many rounds show everything. */
  public int rounds() {
    return points.values().stream()
        .mapToInt(point -> Math.max(point.coding().values().size(), told(point.id()).size()))
        .reduce(LEAST_ROUNDS, Math::max);
  }

  /**
   * Puts a value into each point: inside its range, on its grid, others in each round.
   *
   * @return what the points must show, in their unit; one that is not in it must show none
   */
  public Map<String, Value> play(int round) {
    shown.clear();
    ordered().forEach(point -> put(point.id(), choose(point, round)));
    return Map.copyOf(shown);
  }

  /** A value that could be written to a point, in its unit, other ones in each round. */
  public Value writable(String point, int round) {
    PointSpec spec = spec(point);
    Value raw = choose(spec, round);
    return SimulatedCoding.of(spec, shown)
        .flatMap(coding -> coding.unit(raw))
        .orElseThrow(() -> new IllegalStateException(point + " has no scale at present"));
  }

  /** Puts a raw value into the registers of a point. */
  public void put(String point, Value raw) {
    place(point).put(unit, table(point), raw);
    shown.remove(point);
    shown(point).ifPresent(value -> shown.put(point, value));
  }

  /** What the registers of a point mean now, in its unit; empty if they mean no value. */
  public Optional<Value> shown(String point) {
    Value raw = place(point).get(unit, table(point));
    return SimulatedCoding.of(spec(point), shown).flatMap(coding -> coding.unit(raw));
  }

  private PointSpec spec(String point) {
    PointSpec spec = points.get(point);
    if (spec == null) {
      throw new IllegalArgumentException("no point " + point);
    }
    return spec;
  }

  private SimulatedPoint place(String point) {
    SimulatedPoint place = places.get(point);
    if (place == null) {
      throw new IllegalArgumentException("no point " + point);
    }
    return place;
  }

  private Table table(String point) {
    Table addressed = place(point).table();
    return tables.getOrDefault(addressed, addressed);
  }

  /** Those first that tell the scale of others. */
  private Stream<PointSpec> ordered() {
    return Stream.concat(
        points.values().stream().filter(point -> point.coding().factors().isEmpty()),
        points.values().stream().filter(point -> !point.coding().factors().isEmpty()));
  }

  private Value choose(PointSpec point, int round) {
    List<Value> told = told(point.id());
    boolean named = !point.coding().values().isEmpty();
    if (!told.isEmpty() && !named) {
      return told.get(round % told.size());
    }
    return new RawChoice(point, place(point.id()), SimulatedCoding.of(point, shown)).of(round);
  }

  /** The numbers of a point by which others choose their scale. */
  private List<Value> told(String point) {
    return points.values().stream()
        .flatMap(other -> other.coding().factors().stream())
        .filter(factor -> factor.point().equals(point))
        .flatMap(factor -> factor.byValue().keySet().stream())
        .distinct()
        .sorted((a, b) -> a.toString().compareTo(b.toString()))
        .toList();
  }

  private void exist(Table addressed, int address) {
    unit.set(tables.getOrDefault(addressed, addressed), address, 0);
    if (addressed == Table.HOLDING) {
      unit.set(addressed, address, 0); // where it is written, wherever it is read
    }
  }

  /** What is written before and after values exists as well. */
  private void steps(Map<String, String> settings) {
    for (String key : List.of("before-write", "after-write")) {
      String steps = settings.getOrDefault(key, "none");
      for (String step : steps.equals("none") ? new String[0] : steps.split(",", -1)) {
        String[] address = step.strip().split("[:=]", -1);
        unit.set(Table.valueOf(address[0].toUpperCase(Locale.ROOT)), Integer.decode(address[1]), 0);
      }
    }
  }

  /** What is written by function 6 or 16 is read by whichever function reads. */
  private void mirror(ModbusUnit.Write write) {
    Table read = tables.getOrDefault(write.table(), write.table());
    if (read != write.table()) {
      unit.set(read, write.address(), write.words().stream().mapToInt(word -> word).toArray());
    }
  }

  /** Where registers are that are addressed in these tables. */
  private static Map<Table, Table> tables(String registers, boolean otherFunction) {
    return switch (registers) {
      case "holding" -> Map.of(Table.INPUT, Table.HOLDING);
      case "input" -> Map.of(Table.HOLDING, Table.INPUT);
      case "either" ->
          otherFunction ? Map.of(Table.HOLDING, Table.INPUT, Table.INPUT, Table.HOLDING) : Map.of();
      default -> Map.of();
    };
  }

  /** Of a device that is told to know one function for registers, the one that it knows. */
  private void limitFunctions() {
    Set<Table> used =
        places.values().stream()
            .map(SimulatedPoint::table)
            .filter(table -> !SimulatedPoint.bits(table))
            .map(table -> tables.getOrDefault(table, table))
            .collect(Collectors.toSet());
    if (used.size() == 1) {
      unit.limitFunctions(1, 2, used.contains(Table.HOLDING) ? 3 : 4, 5, 6, 15, 16);
    }
  }

  private static boolean overlap(PointSpec one, PointSpec other) {
    return SimulatedPoint.of(one.settings().texts())
        .overlaps(SimulatedPoint.of(other.settings().texts()));
  }

  /** The points with those that tell their scale, which may be in another part. */
  private static List<PointSpec> withFactors(List<PointSpec> part, DeviceSpec device) {
    Set<String> told =
        part.stream()
            .flatMap(point -> point.coding().factors().stream())
            .map(factor -> factor.point())
            .collect(Collectors.toSet());
    return device.points().stream()
        .filter(point -> part.contains(point) || told.contains(point.id()))
        .toList();
  }
}
