package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.Await;
import io.polegate.testkit.modbus.Fault;
import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.mqtt.Platform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of three devices on a serial line falls silent: the others must hardly notice
 * (`core.BusLineTest` has the exact bound).
 */
final class SilentDeviceIT {
  private static final long POLL_MILLIS = 1_000;
  private static final long TIMEOUT_MILLIS = 500;

  /** What a busy machine may add to a poll; a starved line would be late by many time-outs. */
  private static final long NOISE_MILLIS = 400;

  @TempDir Path folder;

  @Test
  void othersKeepTheirIntervalWithinOneTimeoutAndItComesBackByItself() throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder);
        SimulatedPole pole = new SimulatedPole();
        Platform platform = new Platform(broker.url(), "P-1");
        GatewayProcess gateway = GatewayProcess.start(folder, pole.document("1s", broker.url()))) {
      Await.until("all are there", () -> platform.readings("unit-2", "p0").size() > 1);
      Objects.requireNonNull(pole.units.get(2)).fail(Fault.of(Fault.Kind.SILENCE));
      Await.until("it is reported", () -> hasEvent(platform, "device-offline"));
      int before = platform.readings("unit-1", "p0").size();
      Await.until(
          "twenty polls more",
          Duration.ofSeconds(60),
          () -> platform.readings("unit-1", "p0").size() > before + 20);
      for (String unit : List.of("unit-1", "unit-3", "tcp-1")) {
        List<Long> intervals = PollIntervals.of(platform, unit, "p0");
        assertThat(intervals.stream().mapToLong(i -> i).average().orElse(0))
            .isBetween(POLL_MILLIS * 0.95, POLL_MILLIS * 1.05);
        assertThat(intervals)
            .as(unit)
            .allMatch(i -> i <= POLL_MILLIS + TIMEOUT_MILLIS + NOISE_MILLIS);
      }
      Objects.requireNonNull(pole.units.get(2)).heal();
      Await.until("it is back", () -> hasEvent(platform, "device-online"));
      assertThat(gateway.isAlive()).isTrue();
      assertThat(platform.events().stream().filter(e -> "device-offline".equals(e.get("type"))))
          .hasSize(1);
    }
  }

  private static boolean hasEvent(Platform platform, String type) {
    return platform.events().stream()
        .anyMatch(e -> type.equals(e.get("type")) && "unit-2".equals(e.get("device")));
  }
}
