package io.polegate.dist;

import io.polegate.api.config.Coding;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.data.Value;
import io.polegate.config.UnderstoodDocument;
import io.polegate.driver.dlt645.Dlt645Factory;
import io.polegate.driver.modbus.ModbusRtu;
import io.polegate.driver.modbus.ModbusTcp;
import io.polegate.driver.serial.SerialFactory;
import io.polegate.serialport.SystemSerialPorts;
import io.polegate.testkit.Pace;
import io.polegate.testkit.PseudoTerminal;
import io.polegate.testkit.dlt645.MeterLine;
import io.polegate.testkit.dlt645.SimulatedMeter;
import io.polegate.testkit.modbus.Framing;
import io.polegate.testkit.modbus.ModbusRtuLine;
import io.polegate.testkit.modbus.ModbusTcpPeer;
import io.polegate.testkit.modbus.ModbusUnit;
import io.polegate.testkit.modbus.ProfileSimulator;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One device of each shipped profile that can be simulated, on lines that are as slow as real ones:
 * the transmission at the speed of the bus, and for thinking what plans assume.
 */
final class Fleet implements AutoCloseable {
  static final String METER = "dlt645-2007";
  static final String ANALOG = "adam-4000-analog";
  static final String DIGITAL = "adam-4000-digital";
  private static final int LINES = 4;
  private static final Duration DEVICE = Duration.ofMillis(20);
  private static final Duration METERING = Duration.ofMillis(100);
  private static final Duration NETWORKED = Duration.ofMillis(30);
  private static final String ON_A_LINE = "parity: none, timeout: 2s, retry-limit: 2s";

  private static final String NETWORK =
      "driver: modbus-tcp, host: 127.0.0.1, port: %d, timeout: 2s";

  private final List<Closeable> open = new ArrayList<>();
  private final Map<String, DeviceSpec> specs = new LinkedHashMap<>();
  private final Map<String, ProfileSimulator> simulators = new LinkedHashMap<>();
  private final String document;

  Fleet() throws IOException {
    FleetDocument plan = new FleetDocument();
    List<List<String>> shares = shares(ShippedProfiles.of("modbus-rtu"));
    List<PseudoTerminal> terminals = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      terminals.add(PseudoTerminal.open());
      String port = "port: " + terminals.get(i).port();
      plan.bus("line-" + i, "driver: modbus-rtu, %s, baud: 2400, %s".formatted(port, ON_A_LINE));
      plan.units("line-" + i, shares.get(i));
    }
    List<String> networked = ShippedProfiles.of("modbus-tcp");
    plan.bus("net", NETWORK.formatted(502));
    plan.units("net", networked);
    others(plan);
    understand(plan.text(Map.of()));
    Map<String, List<String>> slow = slow();
    understand(plan.text(slow));
    answer(terminals, shares);
    ModbusTcpPeer peer = new ModbusTcpPeer(0, units(networked));
    peer.answerAt(new Pace(Duration.ZERO, NETWORKED));
    open.add(peer::close);
    this.document = plan.bus("net", NETWORK.formatted(peer.port())).text(slow);
  }

  private void answer(List<PseudoTerminal> terminals, List<List<String>> shares) {
    for (int i = 0; i < LINES; i++) {
      Pace pace = Pace.ofLine(2400, 10, DEVICE);
      open.add(new ModbusRtuLine(terminals.get(i), Framing.RTU, units(shares.get(i)), pace)::close);
    }
  }

  private void others(FleetDocument plan) throws IOException {
    PseudoTerminal meters = PseudoTerminal.open();
    PseudoTerminal modules = PseudoTerminal.open();
    open.add(new MeterLine(meters, Pace.ofLine(2400, 10, METERING), meter())::close);
    open.add(new AdamLine(modules, Pace.ofLine(9600, 10, DEVICE), modules())::close);
    plan.bus("meters", "driver: dlt645, port: %s, %s".formatted(meters.port(), ON_A_LINE));
    plan.bus("text", "driver: serial, port: %s, baud: 9600, timeout: 2s".formatted(modules.port()));
    plan.device(METER, "meters", "000000000161", "10s");
    plan.device(ANALOG, "text", "01", "1s");
    plan.device(DIGITAL, "text", "02", "1s");
  }

  private static List<List<String>> shares(List<String> profiles) {
    return IntStream.range(0, LINES)
        .mapToObj(
            line ->
                IntStream.range(0, profiles.size())
                    .filter(i -> i % LINES == line)
                    .mapToObj(profiles::get)
                    .toList())
        .toList();
  }

  private void understand(String text) {
    SystemSerialPorts ports = new SystemSerialPorts();
    UnderstoodDocument.devices(
            text,
            new ModbusRtu(ports),
            new ModbusTcp(),
            new SerialFactory(ports),
            new Dlt645Factory(ports))
        .forEach(device -> specs.put(device.id(), device));
  }

  /** Points with a poll of their own. */
  private Map<String, List<String>> slow() {
    return specs.values().stream()
        .collect(
            Collectors.toMap(
                DeviceSpec::id,
                device ->
                    device.points().stream()
                        .filter(point -> point.poll().isPresent())
                        .map(PointSpec::id)
                        .toList()));
  }

  private Map<Integer, ModbusUnit> units(List<String> profiles) {
    Map<Integer, ModbusUnit> units = new HashMap<>();
    for (String profile : profiles) {
      ProfileSimulator simulator = new ProfileSimulator(spec(profile));
      simulator.fillHoles();
      simulators.put(profile, simulator);
      units.put(units.size() + 1, simulator.unit());
    }
    return units;
  }

  private static SimulatedMeter meter() {
    return new SimulatedMeter("000000000161")
        .set("00010000", "00012345")
        .set("00020000", "00000007")
        .set("02030000", "801234")
        .set("02060000", "0951")
        .set("02800002", "5001")
        .set("04000503", "0010")
        .set("02010100", "2301")
        .set("02020100", "001234");
  }

  private static Map<String, String> modules() {
    return Map.of(
        "#01", ">+01.000+02.000+03.000-04.500+05.000+06.000+07.000+08.125",
        "$01M", "!014017",
        "$01F", "!01A2.30",
        "$012", "!01080600",
        "$026", "!05A000",
        "$02M", "!024055",
        "$02F", "!02A1.10");
  }

  /** What the gateway is to run. */
  String document() {
    return document;
  }

  /** All devices by profile. */
  Map<String, DeviceSpec> specs() {
    return specs;
  }

  DeviceSpec spec(String profile) {
    return Optional.ofNullable(specs.get(profile)).orElseThrow();
  }

  /** Those that are made from their profile. */
  Map<String, ProfileSimulator> simulators() {
    return simulators;
  }

  ProfileSimulator simulator(String profile) {
    return Optional.ofNullable(simulators.get(profile)).orElseThrow();
  }

  /** Gives all points values, others in each round. */
  void play(int round) {
    simulators.values().forEach(simulator -> simulator.play(round));
  }

  /** What a point must show, in its unit; empty if its registers hold no value that may be. */
  Optional<Value> shown(String profile, PointSpec point) {
    return simulator(profile)
        .shown(point.id())
        .filter(value -> !value.type().isNumber() || point.limits().contain(Coding.number(value)));
  }

  @Override
  public void close() throws IOException {
    for (Closeable each : open) {
      each.close();
    }
  }
}
