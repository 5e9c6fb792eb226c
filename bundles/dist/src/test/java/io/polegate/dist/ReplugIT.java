package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.Await;
import io.polegate.testkit.PseudoTerminal;
import io.polegate.testkit.modbus.ModbusRtuLine;
import io.polegate.testkit.modbus.ModbusUnit;
import io.polegate.testkit.modbus.Table;
import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.mqtt.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A USB adapter is pulled out and plugged in again: its bus heals by itself. */
final class ReplugIT {
  private static final Duration BACK_OFF = Duration.ofSeconds(2);

  /** Opening, asking, committing and sending, on a busy machine. */
  private static final Duration NOISE = Duration.ofSeconds(3);

  @TempDir Path folder;
  private final ModbusUnit unit = new ModbusUnit().set(Table.HOLDING, 0, 1);

  @Test
  void aPortThatComesBackUnderItsNameIsInUseWithinOneBackOff() throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder);
        Platform platform = new Platform(broker.url(), "P-1")) {
      ModbusRtuLine plugged = plug();
      try (GatewayProcess gateway = GatewayProcess.start(folder, document(broker.url()))) {
        for (int value = 1; value <= 3; value++) {
          int wanted = value;
          Await.until("value " + value, () -> arrived(platform, wanted));
          plugged.close();
          unit.set(Table.HOLDING, 0, value + 1);
          Await.until("the loss is reported", () -> events(platform, "bus-down") == wanted);
          plugged = plug();
          Await.until(
              "the bus is back within one back-off",
              BACK_OFF.plus(NOISE),
              () -> arrived(platform, wanted + 1));
        }
        assertThat(platform.holes()).isEmpty();
        assertThat(gateway.isAlive()).isTrue();
      } finally {
        plugged.close();
      }
    }
  }

  private ModbusRtuLine plug() throws IOException {
    return new ModbusRtuLine(PseudoTerminal.open(folder.resolve("adapter")), Map.of(1, unit));
  }

  private static boolean arrived(Platform platform, long value) {
    return platform.readings("u", "p").stream()
        .anyMatch(r -> Long.valueOf(value).equals(r.get("value")));
  }

  private static long events(Platform platform, String type) {
    return platform.events().stream().filter(e -> type.equals(e.get("type"))).count();
  }

  private String document(String url) {
    return """
        pole: {id: P-1}
        journal: {commit-interval: 100ms}
        buses:
          usb: {driver: modbus-rtu, port: %s, timeout: 200ms, retry-limit: %ds}
        devices:
          u: {bus: usb, unit: 1, poll: 200ms, points: {p: {address: "holding:0"}}}
        cloud:
          city: {url: "%s", retry-limit: 1s}
        """
        .formatted(folder.resolve("adapter"), BACK_OFF.toSeconds(), url);
  }
}
