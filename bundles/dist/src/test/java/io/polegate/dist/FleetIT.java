package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.Coding;
import io.polegate.api.config.PointSpec;
import io.polegate.api.data.Value;
import io.polegate.testkit.Await;
import io.polegate.testkit.modbus.ModbusUnit;
import io.polegate.testkit.modbus.ProfileSimulator;
import io.polegate.testkit.modbus.Table;
import io.polegate.testkit.mqtt.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole library of profiles at once, but for the rain gauge, which needs a pin: one device of
 * each on four serial lines, a network, a line of meters and a line of text modules. The loads that
 * were planned and measured are in {@code target/fleet.txt}.
 */
final class FleetIT {
  private static final int DEVICES = 58;
  private static final Duration MINUTE = Duration.ofSeconds(61);
  private static final Duration HALF = Duration.ofSeconds(30);
  private static final double TOLERANCE = 0.2;
  private static final Pattern LOAD = Pattern.compile("bus ([a-z0-9-]+): (\\d+) % of its time");
  private static final String BREAKER = "lingxun-lx47le-125-1p";
  private static final String RELAYS = "waveshare-relay-8ch";
  private static final String LAMP = "intesis-ibmbsdal-gear";
  private static final String SAFE_RELAYS = "wirenboard-wb-mr6c-v3";

  @TempDir Path folder;

  @Test
  void theWholeLibraryIsReadAndCommandedAndTakesTheTimeThatWasPlanned() throws Exception {
    try (Fleet fleet = new Fleet()) {
      fleet.play(0);
      fleet.simulator(BREAKER).put("status", new Value.Int(0x000F));
      try (GatewayProcess gateway = GatewayProcess.start(folder, fleet.document())) {
        Map<String, Double> planned = planned();
        awaitRight("first values", gateway, fleet);
        safeStateWasSetUp(fleet);
        theOthersAreRight(gateway);
        commandsAreProved(gateway, fleet);
        fleet.play(1);
        pass(MINUTE);
        Map<String, Double> measured = measured(gateway);
        for (int again = 0; again < 3 && !differing(planned, measured).isEmpty(); again++) {
          pass(HALF); // a machine that is busy for a while delays every answer
          measured = measured(gateway);
        }
        Files.writeString(
            Path.of("target/fleet.txt"), "planned  %s%nmeasured %s%n".formatted(planned, measured));
        awaitRight("second values", gateway, fleet);
        assertThat(measured.keySet()).isEqualTo(planned.keySet()).hasSize(7);
        assertThat(differing(planned, measured)).as(planned + " " + measured).isEmpty();
      }
    }
  }

  /** Lets polls go on undisturbed. */
  private static void pass(Duration time) {
    long since = System.nanoTime();
    Await.until(
        time + " of nothing but polls",
        time.multipliedBy(2),
        () -> System.nanoTime() - since > time.toNanos());
  }

  /** Buses whose load is not the one that was planned. */
  private static List<String> differing(Map<String, Double> planned, Map<String, Double> measured) {
    return planned.entrySet().stream()
        .filter(
            plan ->
                Math.abs(measured.getOrDefault(plan.getKey(), 0.0) / plan.getValue() - 1)
                    > TOLERANCE)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What {@code polegate check} foretells. */
  private Map<String, Double> planned() throws Exception {
    GatewayProcess.Ended check =
        GatewayProcess.call(folder, "check", folder.resolve("config/pole.yaml").toString());
    assertThat(check.stderr()).isEmpty();
    assertThat(check.stdout()).contains("devices " + DEVICES);
    return LOAD.matcher(check.stdout())
        .results()
        .collect(
            Collectors.toMap(
                found -> found.group(1), FleetIT::share, (one, other) -> one, TreeMap::new));
  }

  private static double share(MatchResult found) {
    return Integer.parseInt(found.group(2)) / 100.0;
  }

  private static Map<String, Double> measured(GatewayProcess gateway) throws Exception {
    Map<String, Double> loads = new TreeMap<>();
    for (Map<String, Object> bus : Json.objects(ask(gateway, "/api/v1/status"), "buses")) {
      loads.put(
          String.valueOf(bus.get("id")), ((Number) bus.getOrDefault("load", 0)).doubleValue());
    }
    return loads;
  }

  private static void awaitRight(String what, GatewayProcess gateway, Fleet fleet)
      throws Exception {
    List<String> wrong = new ArrayList<>(List.of("nothing was looked at"));
    try {
      Await.until(
          what,
          () -> {
            wrong.clear();
            wrong.addAll(wrong(readings(gateway), fleet));
            return wrong.isEmpty();
          });
    } catch (AssertionError e) {
      throw new AssertionError(what + ": " + wrong.size() + " wrong: " + wrong, e);
    }
  }

  /** Points that do not show what was put into their simulator. */
  private static List<String> wrong(Map<String, Map<String, Object>> readings, Fleet fleet) {
    List<String> wrong = new ArrayList<>();
    for (String profile : fleet.simulators().keySet()) {
      for (PointSpec point : fleet.spec(profile).points()) {
        Optional<Value> expected = fleet.shown(profile, point);
        Map<String, Object> reading = readings.getOrDefault(profile + "/" + point.id(), Map.of());
        if (point.access().readable() && !same(expected, reading)) {
          wrong.add(profile + "/" + point.id() + " " + reading + " instead of " + expected);
        }
      }
    }
    return wrong;
  }

  private static boolean same(Optional<Value> expected, Map<String, Object> reading) {
    Object shown = reading.get("value");
    if (expected.isEmpty() || shown == null) {
      return expected.isEmpty() && "bad".equals(reading.get("quality"));
    }
    Value value = expected.get();
    if (value.type().isNumber() && shown instanceof Number number) {
      double wanted = Coding.number(value);
      return Math.abs(number.doubleValue() - wanted) <= 1e-9 + Math.abs(wanted) * 1e-6;
    }
    return value instanceof Value.Bool bool
        ? shown.equals(bool.value())
        : value instanceof Value.Text text && shown.equals(text.value());
  }

  private static Map<String, Map<String, Object>> readings(GatewayProcess gateway)
      throws Exception {
    Map<String, Map<String, Object>> readings = new HashMap<>();
    for (Map<String, Object> device : Json.objects(ask(gateway, "/api/v1/devices"), "devices")) {
      for (Map<String, Object> point : Json.objects(device, "points")) {
        readings.put(device.get("id") + "/" + point.get("id"), point);
      }
    }
    return readings;
  }

  private static Map<String, Object> ask(GatewayProcess gateway, String path) throws Exception {
    return Json.object(gateway.get(path).getBytes(StandardCharsets.UTF_8));
  }

  private static void safeStateWasSetUp(Fleet fleet) {
    ProfileSimulator relays = fleet.simulator(SAFE_RELAYS);
    Await.until(
        "the silence until the safe state is set up",
        () -> relays.shown("safety-time").equals(Optional.of(new Value.Int(30))));
    Await.until(
        "what becomes of K1 is set up",
        () -> relays.shown("safety-behaviour-1").equals(Optional.of(new Value.Text("safe-state"))));
    Await.until(
        "the safe state of K1 is set up",
        () -> relays.shown("safe-1").equals(Optional.of(new Value.Bool(true))));
  }

  /** What is no Modbus was put into its simulator by hand. */
  private static void theOthersAreRight(GatewayProcess gateway) throws Exception {
    Map<String, Object> expected = new HashMap<>();
    expected.put(Fleet.METER + "/import-energy", 123.45);
    expected.put(Fleet.METER + "/export-energy", 0.07);
    expected.put(Fleet.METER + "/power", -123.4);
    expected.put(Fleet.METER + "/power-factor", 0.951);
    expected.put(Fleet.METER + "/frequency", 50.01);
    expected.put(Fleet.METER + "/relay-open", true);
    expected.put(Fleet.METER + "/voltage", 230.1);
    expected.put(Fleet.METER + "/current", 1.234);
    expected.put(Fleet.ANALOG + "/ai-3", -4.5);
    expected.put(Fleet.ANALOG + "/ai-7", 8.125);
    expected.put(Fleet.ANALOG + "/model", "4017");
    expected.put(Fleet.DIGITAL + "/output-0", true);
    expected.put(Fleet.DIGITAL + "/output-1", false);
    expected.put(Fleet.DIGITAL + "/input-7", true);
    expected.put(Fleet.DIGITAL + "/firmware", "A1.10");
    Await.until(
        "meter and modules show " + expected,
        () -> {
          Map<String, Map<String, Object>> readings = readings(gateway);
          return expected.entrySet().stream()
              .allMatch(
                  entry ->
                      entry
                          .getValue()
                          .equals(readings.getOrDefault(entry.getKey(), Map.of()).get("value")));
        });
  }

  private static void commandsAreProved(GatewayProcess gateway, Fleet fleet) throws Exception {
    ProfileSimulator breaker = fleet.simulator(BREAKER);
    breaker.unit().onWrite(write -> follow(breaker.unit(), write));
    assertThat(command(gateway, BREAKER, "control", "true")).containsEntry("status", "done");
    assertThat(breaker.shown("state")).contains(new Value.Bool(true));
    breaker.put("lock", new Value.Bool(true));
    assertThat(command(gateway, BREAKER, "control", "false")).containsEntry("status", "refused");
    assertThat(breaker.shown("state")).contains(new Value.Bool(true));

    ModbusUnit relays = fleet.simulator(RELAYS).unit();
    relays.set(Table.COIL, 2, 0);
    assertThat(command(gateway, RELAYS, "relay-3", "true")).containsEntry("status", "done");
    assertThat(relays.get(Table.COIL, 2)).isOne();

    ModbusUnit lamp = fleet.simulator(LAMP).unit();
    assertThat(command(gateway, LAMP, "level", "55")).containsEntry("status", "done");
    assertThat(lamp.get(Table.HOLDING, 15 + 100 * 7 + 7000)).isEqualTo(55);
  }

  /** The real one takes up to three seconds. */
  private static void follow(ModbusUnit breaker, ModbusUnit.Write write) {
    if (write.address() == 13) {
      int state = write.words().get(0) == 0xFF00 ? 0xF0 : 0x0F;
      Executor later = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);
      later.execute(() -> breaker.set(Table.INPUT, 0, state));
    }
  }

  private static Map<String, Object> command(
      GatewayProcess gateway, String device, String point, String value) throws Exception {
    String path = "/api/v1/devices/%s/points/%s".formatted(device, point);
    String answer = gateway.post(path, "{\"value\":%s}".formatted(value));
    return Json.object(answer.getBytes(StandardCharsets.UTF_8));
  }
}
