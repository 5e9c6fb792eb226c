package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.Await;
import io.polegate.testkit.modbus.PymodbusSlave;
import io.polegate.testkit.modbus.PymodbusSlave.Transport;
import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.mqtt.Platform;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A whole pole among parts that others wrote: a pymodbus slave (over socat's pseudo-terminals, and
 * over TCP), mosquitto, and mbpoll as the judge of what the registers say.
 */
final class ForeignPartsIT {
  @TempDir Path folder;

  private static String document(PymodbusSlave slave, String url) {
    Map<String, String> bus = slave.busSettings();
    String line =
        bus.containsKey("host")
            ? "driver: modbus-tcp, host: %s, port: %s".formatted(bus.get("host"), bus.get("port"))
            : "driver: modbus-rtu, port: %s".formatted(bus.get("port"));
    return """
        pole: {id: P-1}
        journal: {commit-interval: 100ms}
        buses:
          bus: {%s, timeout: 1s, retry-limit: 1s}
        devices:
          slave-1:
            bus: bus
            unit: 1
            poll: 500ms
            points:
              level: {address: "holding:0", scale: 0.1, unit: "%%", access: read-write, min: 0, max: 100}
              small: {address: "holding:1", type: int16}
              total: {address: "holding:4", type: uint32}
              volts: {address: "input:14", type: float32, unit: V}
              name: {address: "holding:20", type: string, length: 3}
              coil: {address: "coil:3", access: read-write}
              contact: {address: "discrete:1"}
              missing: {address: "holding:23"}
        cloud:
          city: {url: "%s", retry-limit: 1s}
        """
        .formatted(line, url);
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"RTU", "TCP"})
  void readingsArriveCommandsActOnceAndLateOnesNever(Transport transport) throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder);
        PymodbusSlave slave = new PymodbusSlave(transport, folder);
        Platform platform = new Platform(broker.url(), "P-1");
        GatewayProcess gateway = GatewayProcess.start(folder, document(slave, broker.url()))) {
      Await.until("values arrive", () -> !good(platform, "name").isEmpty());
      assertThat(last(platform, "level")).isEqualTo(50.0);
      assertThat(last(platform, "small")).isEqualTo(-101L);
      assertThat(last(platform, "total")).isEqualTo(4_000_000_000L);
      assertThat(last(platform, "volts")).isEqualTo(230.2);
      assertThat(last(platform, "name")).isEqualTo("杆 7");
      assertThat(last(platform, "coil")).isEqualTo(true);
      assertThat(last(platform, "contact")).isEqualTo(true);
      assertThat(platform.readings("slave-1", "missing").get(0).get("bad"))
          .isEqualTo("device-refused");

      commandsActOnceAndLateOnesNever(platform);

      assertThat(platform.holes()).isEmpty();
      assertThat(gateway.stop()).isZero();
      // the line is free now: the judge reads what the gateway wrote
      assertThat(slave.mbpoll("4", 0, 1)).containsExactly("425");
      assertThat(slave.mbpoll("0", 3, 1)).containsExactly("0");
      Await.until("the pole said good-bye", () -> platform.lastState().equals("offline"));
    }
  }

  private static void commandsActOnceAndLateOnesNever(Platform platform) throws Exception {
    long soon = System.currentTimeMillis() + 60_000;
    platform.command(command("c-1", "level", "42.5", soon));
    Await.until("the result arrives", () -> !platform.results("c-1").isEmpty());
    assertThat(platform.results("c-1").get(0))
        .containsEntry("status", "done")
        .containsEntry("value", 42.5);

    platform.command(command("c-1", "level", "99", soon));
    platform.command(command("c-2", "level", "0", System.currentTimeMillis() - 1_000));
    platform.command(command("c-3", "level", "101", soon));
    platform.command(command("c-4", "coil", "false", soon));
    Await.until("the last result arrives", () -> !platform.results("c-4").isEmpty());
    assertThat(platform.results("c-1"))
        .hasSize(2)
        .allMatch(r -> Objects.equals(r.get("value"), 42.5));
    assertThat(platform.results("c-2").get(0)).containsEntry("status", "refused");
    assertThat(platform.results("c-3").get(0)).containsEntry("status", "refused");
    assertThat(platform.results("c-4").get(0)).containsEntry("status", "done");
  }

  private static String command(String id, String point, String value, long deadline) {
    return "{\"id\":\"%s\",\"device\":\"slave-1\",\"point\":\"%s\",\"value\":%s,\"deadline\":%d}"
        .formatted(id, point, value, deadline);
  }

  private static List<Map<String, Object>> good(Platform platform, String point) {
    return platform.readings("slave-1", point).stream()
        .filter(r -> r.containsKey("value"))
        .toList();
  }

  private static Object last(Platform platform, String point) {
    List<Map<String, Object>> readings = good(platform, point);
    return Objects.requireNonNull(readings.get(readings.size() - 1).get("value"));
  }
}
