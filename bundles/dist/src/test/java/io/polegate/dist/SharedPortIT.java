package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.Await;
import io.polegate.testkit.PseudoTerminal;
import io.polegate.testkit.modbus.ModbusUnit;
import io.polegate.testkit.modbus.Table;
import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.mqtt.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two drivers on one serial port: Modbus units and a module that speaks in lines, at different
 * speeds, each with a dead neighbour; and the tools of a technician on the same wire.
 */
final class SharedPortIT {
  private static final long POLL_MILLIS = 500;
  private static final long TIMEOUT_MILLIS = 300;

  /** What a busy machine may add to a poll. */
  private static final long NOISE_MILLIS = 700;

  @TempDir Path folder;
  private final ModbusUnit lamp = new ModbusUnit().set(Table.HOLDING, 0, 500);
  private final ModbusUnit stranger = new ModbusUnit().set(Table.HOLDING, 0, 1);

  @Test
  void bothKeepTheirPollsAndTheToolsDoNotDisturb() throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder);
        SharedWire wire = new SharedWire();
        Platform platform = new Platform(broker.url(), "P-1")) {
      wire.attach(Map.of(1, lamp, 2, stranger));
      module(wire.join());
      String document = document(wire.port().toString(), broker.url());
      try (GatewayProcess gateway = GatewayProcess.start(folder, document)) {
        Await.until("the lamp speaks", () -> values(platform, "lamp-1", "level").contains(50.0));
        Await.until("the module speaks", () -> values(platform, "io-1", "level").contains(4.321));
        commandsReachBoth(platform);
        int before = platform.readings("lamp-1", "level").size();
        toolsWork(gateway, wire.port());
        Await.until(
            "twenty polls more",
            Duration.ofSeconds(60),
            () -> platform.readings("lamp-1", "level").size() > before + 20);
        for (String device : List.of("lamp-1", "io-1")) {
          assertThat(PollIntervals.of(platform, device, "level"))
              .as(device)
              .allMatch(i -> i <= POLL_MILLIS + 2 * TIMEOUT_MILLIS + NOISE_MILLIS);
        }
        assertThat(values(platform, "io-1", "level")).containsOnly(4.321);
        assertThat(platform.holes()).isEmpty();
      }
    }
  }

  private static void commandsReachBoth(Platform platform) throws Exception {
    long soon = System.currentTimeMillis() + 60_000;
    platform.command(command("c-1", "lamp-1", "level", "80", soon));
    platform.command(command("c-2", "io-1", "relays", "5", soon));
    Await.until(
        "both answer",
        () -> !platform.results("c-1").isEmpty() && !platform.results("c-2").isEmpty());
    assertThat(platform.results("c-1").get(0)).containsEntry("status", "done");
    assertThat(platform.results("c-2").get(0)).containsEntry("status", "done");
  }

  private static void toolsWork(GatewayProcess gateway, Path port) throws Exception {
    assertThat(
            gateway.post(
                "/api/v1/buses/line/request", "{\"device\":{\"unit\":1},\"hex\":\"0300000001\"}"))
        .contains("\"hex\":\"03020320\"");
    assertThat(gateway.get("/api/v1/buses/text/trace")).contains("\"device\":\"io-1\"", "answer");
    assertThat(
            gateway.post(
                "/api/v1/scan",
                "{\"driver\":\"modbus-rtu\",\"known\":{\"port\":\"%s\",\"baud\":19200,\"parity\":\"none\",\"stop-bits\":1}}"
                    .formatted(port)))
        .contains("running");
    Await.until(
        "the scan finds the unit that nobody configured",
        Duration.ofSeconds(60),
        () -> gateway.get("/api/v1/scan").matches("(?s).*\"found\":\\[.*\"unit\":\"2\".*"));
    assertThat(gateway.delete("/api/v1/scan")).contains("\"found\"");
  }

  private String document(String port, String url) {
    return """
        pole: {id: P-1}
        journal: {commit-interval: 100ms}
        buses:
          line: {driver: modbus-rtu, port: %s, baud: 19200, timeout: %dms, retry-limit: 2s}
          text: {driver: serial, port: %s, baud: 9600, timeout: %dms, retry-limit: 2s}
        devices:
          lamp-1:
            bus: line
            unit: 1
            poll: %dms
            points:
              level: {address: "holding:0", scale: 0.1, unit: "%%", access: read-write, min: 0, max: 100}
          dead-1: {bus: line, unit: 9, poll: 500ms, points: {level: {address: "holding:0"}}}
          io-1:
            bus: text
            address: "01"
            poll: %dms
            points:
              level: {send: "#{address}", expect: '>(?<value>[+-][0-9.]{5})', unit: mA}
              relays: {send: "${address}6", expect: '!(?<value>[0-9A-F]{2}).{4}', type: hex, access: read-write,
                       write: "#{address}00{value}", format: "00", confirm: ">", min: 0, max: 255}
          dead-io: {bus: text, address: "05", poll: 500ms, points: {level: {send: "#{address}", expect: '>(?<value>.*)'}}}
        cloud:
          city: {url: "%s", retry-limit: 1s}
        """
        .formatted(port, TIMEOUT_MILLIS, port, TIMEOUT_MILLIS, POLL_MILLIS, POLL_MILLIS, url);
  }

  /** An ADAM-4000 module at address 01; Modbus frames are noise to it. */
  private static void module(PseudoTerminal terminal) {
    Thread thread =
        new Thread(
            () -> {
              try {
                answer(terminal);
              } catch (IOException e) {
                // the wire was cut
              }
            },
            "module");
    thread.setDaemon(true);
    thread.start();
  }

  private static void answer(PseudoTerminal terminal) throws IOException {
    StringBuilder heard = new StringBuilder();
    String relays = "00";
    InputStream in = terminal.input();
    for (int b = in.read(); b >= 0; b = in.read()) {
      heard.append((char) b);
      if (b != '\r') {
        continue;
      }
      String said = heard.toString();
      heard.setLength(0);
      if (said.endsWith("#01\r")) {
        say(terminal, ">+4.321");
      } else if (said.endsWith("$016\r")) {
        say(terminal, "!" + relays + "0000");
      } else if (said.matches("(?s).*#0100[0-9A-F]{2}\r")) {
        relays = said.substring(said.length() - 3, said.length() - 1);
        say(terminal, ">");
      }
    }
  }

  private static void say(PseudoTerminal terminal, String line) throws IOException {
    terminal.output().write((line + "\r").getBytes(StandardCharsets.US_ASCII));
  }

  private static String command(
      String id, String device, String point, String value, long deadline) {
    return "{\"id\":\"%s\",\"device\":\"%s\",\"point\":\"%s\",\"value\":%s,\"deadline\":%d}"
        .formatted(id, device, point, value, deadline);
  }

  private static List<Object> values(Platform platform, String device, String point) {
    return platform.readings(device, point).stream()
        .filter(r -> r.containsKey("value"))
        .map(r -> Objects.requireNonNull(r.get("value")))
        .toList();
  }
}
