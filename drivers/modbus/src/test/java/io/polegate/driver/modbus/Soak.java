package io.polegate.driver.modbus;

import static io.polegate.driver.modbus.ModbusContract.settings;

import io.polegate.api.data.Value;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.FrameTrace;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.driver.modbus.SimulatedBus.Transport;
import io.polegate.testkit.modbus.Fault.Kind;
import io.polegate.testkit.modbus.MixedFaults;
import io.polegate.testkit.modbus.ModbusUnit;
import io.polegate.testkit.modbus.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Polls units whose registers carry who and where they are and the number of the request that they
 * were served in, so that a value of another register, another unit or an earlier request is known.
 */
final class Soak {
  static final Set<Kind> KINDS = EnumSet.complementOf(EnumSet.of(Kind.NONE));

  /** Of all units, each with its quarantine and a time-out of its own, and to be scheduled. */
  static final Duration RECOVERY = Duration.ofSeconds(5);

  private static final Duration TIMEOUT = Duration.ofMillis(150);

  /** Well below two time-outs, because a busy machine adds to it. */
  private static final Duration LATEST = TIMEOUT.multipliedBy(6).dividedBy(5);

  /** Odd, because who answers as the next unit, and late, cannot be told from that unit. */
  private static final List<Integer> UNITS = List.of(1, 3, 5, 7);

  private static final List<Integer> ADDRESSES = List.of(0, 4, 12, 40, 100);
  private static final int ROUNDS_OF_FAULTS = 25;

  private final Transport transport;
  private final Path folder;
  private final Random random = new Random(4711);
  private final Map<Integer, ModbusUnit> units = new HashMap<>();
  private final Map<Integer, AtomicInteger> served = new HashMap<>();
  private final MixedFaults faults = new MixedFaults(42, 0.4, LATEST, List.copyOf(KINDS));
  private final Map<FrameTrace.Kind, Integer> frames = new EnumMap<>(FrameTrace.Kind.class);
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();
  private long goodValues;
  private int recoveries;
  private Duration longestRecovery = Duration.ZERO;

  /** What came of it. */
  record Result(
      Transport transport,
      Map<String, Integer> outcomes,
      long goodValues,
      List<String> wrong,
      Map<Kind, Integer> faults,
      Map<FrameTrace.Kind, Integer> frames,
      int recoveries,
      Duration longestRecovery) {}

  Soak(Transport transport, Path folder) {
    this.transport = transport;
    this.folder = folder;
    UNITS.forEach(this::addUnit);
  }

  /** Rounds of faults, each followed by the proof that all units answer again. */
  Result run(Duration length) throws Exception {
    long end = System.nanoTime() + length.toNanos();
    try (SimulatedBus bus = new SimulatedBus(transport, folder, units);
        Driver driver = bus.driver("timeout", TIMEOUT.toMillis() + "ms", "gap", "5ms")) {
      ((FrameTrace) driver).traceTo((kind, frame) -> frames.merge(kind, 1, Integer::sum));
      Map<Integer, List<Point>> points = new HashMap<>();
      for (int unit : UNITS) {
        points.put(unit, points(driver, unit));
      }
      while (System.nanoTime() < end) {
        bus.acceptAfter(Duration.ofMillis(random.nextInt(100)));
        units.values().forEach(unit -> unit.failBy(faults));
        for (int i = 0; i < ROUNDS_OF_FAULTS; i++) {
          int unit = UNITS.get(random.nextInt(UNITS.size()));
          boolean ignored = poll(driver, unit, points.getOrDefault(unit, List.of()));
        }
        bus.acceptAfter(Duration.ZERO);
        units.values().forEach(ModbusUnit::heal);
        recover(driver, points);
      }
    }
    return new Result(
        transport,
        outcomes,
        goodValues,
        wrong,
        faults.played(),
        frames,
        recoveries,
        longestRecovery);
  }

  private void recover(Driver driver, Map<Integer, List<Point>> points) throws Exception {
    long start = System.nanoTime();
    for (int unit : UNITS) {
      while (!poll(driver, unit, points.getOrDefault(unit, List.of()))) {
        if (System.nanoTime() - start > RECOVERY.multipliedBy(3).toNanos()) {
          wrong.add("unit " + unit + " does not recover");
          return;
        }
      }
    }
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    longestRecovery = taken.compareTo(longestRecovery) > 0 ? taken : longestRecovery;
    recoveries++;
  }

  /** Whether all values came. */
  private boolean poll(Driver driver, int unit, List<Point> points) throws Exception {
    int before = served.getOrDefault(unit, new AtomicInteger()).get();
    try {
      driver.open();
      List<Sample> samples = driver.read(points);
      int bad = 0;
      for (int i = 0; i < samples.size(); i++) {
        if (samples.get(i) instanceof Sample.Good good) {
          check(unit, ADDRESSES.get(i), before, good.value());
        } else {
          bad++;
        }
      }
      outcomes.merge(bad == 0 ? "read" : "read in part", 1, Integer::sum);
      return bad == 0;
    } catch (DeviceSilentException e) {
      outcomes.merge("silent", 1, Integer::sum);
    } catch (EndpointDownException e) {
      outcomes.merge("down", 1, Integer::sum);
    }
    return false;
  }

  private void check(int unit, int address, int before, Value value) {
    long number = ((Value.Int) value).value();
    boolean right =
        number >>> 56 == unit
            && (number >>> 40 & 0xFFFF) == address
            && (number & 0xFF_FFFF_FFFFL) > before;
    if (right) {
      goodValues++;
    } else {
      wrong.add("unit %d, %d after %d: %x".formatted(unit, address, before, number));
    }
  }

  private void addUnit(int number) {
    ModbusUnit unit = new ModbusUnit();
    AtomicInteger requests = new AtomicInteger();
    Runnable count =
        () -> {
          int request = requests.incrementAndGet();
          ADDRESSES.forEach(address -> set(unit, number, address, request));
        };
    count.run();
    requests.set(0);
    unit.onRequest(count);
    units.put(number, unit);
    served.put(number, requests);
  }

  private static void set(ModbusUnit unit, int number, int address, int request) {
    unit.set(Table.HOLDING, address, number << 8 | address >> 8, (address & 0xFF) << 8);
    unit.setUint32(Table.HOLDING, address + 2, request);
  }

  private static List<Point> points(Driver driver, int unit) throws Exception {
    List<Point> points = new ArrayList<>();
    for (int address : ADDRESSES) {
      points.add(
          driver.point(
              settings("unit", Integer.toString(unit), "max-hole", "2"),
              settings("address", "holding:" + address, "type", "uint64")));
    }
    return points;
  }
}
