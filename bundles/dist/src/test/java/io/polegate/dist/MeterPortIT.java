package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.Await;
import io.polegate.testkit.dlt645.MeterLine;
import io.polegate.testkit.dlt645.SimulatedMeter;
import io.polegate.testkit.modbus.Fault;
import io.polegate.testkit.modbus.ModbusUnit;
import io.polegate.testkit.modbus.Table;
import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.mqtt.Platform;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A DL/T 645 meter at 2400 baud and a Modbus unit at 9600 on one wire, each read right whether the
 * other one lives or not. Even parity is not played, because a pseudo-terminal has none.
 */
final class MeterPortIT {
  private static final long POLL_MILLIS = 500;
  private static final long TIMEOUT_MILLIS = 400;

  /** Each late by a time-out of the dead neighbour and what a busy machine may add. */
  private static final Duration TWENTY_POLLS =
      Duration.ofMillis(20 * (POLL_MILLIS + 2 * TIMEOUT_MILLIS + 700));

  @TempDir Path folder;
  private final ModbusUnit lamp = new ModbusUnit().set(Table.HOLDING, 0, 500);
  private final SimulatedMeter meter =
      new SimulatedMeter("000000000161")
          .set("00010000", "00012345")
          .set("0201FF00", "2301", "2298", "FFFF")
          .set("02030000", "801234");

  @Test
  void bothAreReadRightAlsoWithOneOfThemDead() throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder);
        SharedWire wire = new SharedWire();
        Platform platform = new Platform(broker.url(), "P-1")) {
      wire.attach(Map.of(1, lamp));
      try (MeterLine line = new MeterLine(wire.join(), meter);
          GatewayProcess gateway =
              GatewayProcess.start(folder, document(wire.port().toString(), broker.url()))) {
        Await.until(
            "the meter speaks", () -> values(platform, "meter-1", "energy").contains(123.45));
        Await.until("the lamp speaks", () -> values(platform, "lamp-1", "level").contains(50.0));
        twentyMore("both live", platform, "meter-1", "lamp-1");
        meter.die(true);
        twentyMore("the meter is dead", platform, "lamp-1");
        meter.die(false);
        twentyMore("the meter is back", platform, "meter-1", "lamp-1");
        lamp.fail(Fault.of(Fault.Kind.SILENCE));
        twentyMore("the lamp is dead", platform, "meter-1");
        lamp.heal();
        twentyMore("the lamp is back", platform, "meter-1", "lamp-1");
        toolsWork(gateway);
        theTimeIsTold(platform);
      }
      assertThat(values(platform, "meter-1", "energy")).containsOnly(123.45);
      assertThat(values(platform, "meter-1", "power")).containsOnly(-123.4);
      assertThat(values(platform, "meter-1", "voltage-l2")).containsOnly(229.8);
      assertThat(values(platform, "meter-1", "voltage-l3")).as("absent").isEmpty();
      assertThat(values(platform, "lamp-1", "level")).containsOnly(50.0);
      assertThat(platform.holes()).isEmpty();
    }
  }

  /** Good readings go on, at their pace. */
  private static void twentyMore(String when, Platform platform, String... devices)
      throws Exception {
    for (String device : devices) {
      String point = device.equals("lamp-1") ? "level" : "energy";
      int before = values(platform, device, point).size();
      Await.until(
          when + ", and " + device + " is read",
          () -> values(platform, device, point).size() > before);
      Await.until(
          when + ", and " + device + " keeps its polls",
          TWENTY_POLLS,
          () -> values(platform, device, point).size() > before + 20);
    }
  }

  private static void toolsWork(GatewayProcess gateway) throws Exception {
    assertThat(
            gateway.post(
                "/api/v1/buses/meters/request",
                "{\"device\":{\"address\":\"000000000161\"},\"hex\":\"1100000100\"}"))
        .contains("\"hex\":\"910000010045230100\"");
    assertThat(gateway.get("/api/v1/buses/meters/trace"))
        .contains("\"device\":\"meter-1\"", "answer");
  }

  private void theTimeIsTold(Platform platform) throws Exception {
    long soon = System.currentTimeMillis() + 60_000;
    platform.command(
        "{\"id\":\"c-1\",\"device\":\"meter-1\",\"point\":\"set-clock\",\"value\":true,\"deadline\":%d}"
            .formatted(soon));
    Await.until("the command is answered", () -> !platform.results("c-1").isEmpty());
    Await.until("the meter knows the time", () -> !meter.clock().isEmpty());
  }

  private String document(String port, String url) {
    return """
        pole: {id: P-1}
        journal: {commit-interval: 100ms}
        buses:
          meters: {driver: dlt645, port: %s, parity: none, timeout: %dms, retry-limit: 2s}
          line: {driver: modbus-rtu, port: %s, baud: 9600, timeout: %dms, retry-limit: 2s}
        devices:
          meter-1:
            bus: meters
            address: "000000000161"
            poll: %dms
            points:
              energy: {data-id: "00010000", length: 4, scale: 0.01, unit: kWh}
              voltage-l2: {data-id: 0201FF00, length: 2, start: 2, scale: 0.1, unit: V}
              voltage-l3: {data-id: 0201FF00, length: 2, start: 4, scale: 0.1, unit: V}
              power: {data-id: 02030000, length: 3, type: signed-bcd, scale: 0.1, unit: W}
              set-clock: {action: broadcast-time, timezone: "%s", access: write}
          lamp-1: {bus: line, unit: 1, poll: %dms, points: {level: {address: "holding:0", scale: 0.1, unit: "%%"}}}
        cloud:
          city: {url: "%s", retry-limit: 1s}
        """
        .formatted(
            port,
            TIMEOUT_MILLIS,
            port,
            TIMEOUT_MILLIS,
            POLL_MILLIS,
            zoneWhereItIsNoon(),
            POLL_MILLIS,
            url);
  }

  /** Around midnight meters are not told the time, and this test may run at any hour. */
  private static String zoneWhereItIsNoon() {
    int hour = Instant.now().atOffset(ZoneOffset.UTC).getHour();
    int offset = 12 - hour;
    return "UTC%s%02d:00".formatted(offset < 0 ? "-" : "+", Math.abs(offset));
  }

  private static List<Object> values(Platform platform, String device, String point) {
    return platform.readings(device, point).stream()
        .filter(r -> r.containsKey("value"))
        .map(r -> Objects.requireNonNull(r.get("value")))
        .toList();
  }
}
