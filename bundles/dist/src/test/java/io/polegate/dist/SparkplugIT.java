package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.Await;
import io.polegate.testkit.mqtt.Mosquitto;
import java.nio.file.Path;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole gateway as a Sparkplug edge node. */
final class SparkplugIT {
  private static final String DOCUMENT =
      """
      pole: {id: P-1}
      journal: {commit-interval: 200ms}
      buses:
        sim: {driver: simulator}
      devices:
        lamp-1:
          bus: sim
          poll: 200ms
          points:
            level: {signal: register, address: level, access: read-write, unit: "%%", min: 0, max: 100}
            energy: {signal: counter, type: integer, period: 200ms, unit: kWh}
        dead-1:
          bus: sim
          poll: 200ms
          failing: silent
          points:
            level: {signal: ramp}
      cloud:
        city: {format: sparkplug, url: "%s", group: street, primary-host: city, retry-limit: 1s}
      """;

  @TempDir Path folder;

  @Test
  void aHostSeesBirthsDataAndHistoryAndWritesALamp() throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder);
        SparkplugWatcher host = new SparkplugWatcher(broker.url());
        GatewayProcess gateway = GatewayProcess.start(folder, DOCUMENT.formatted(broker.url()))) {
      Await.until("data of the lamp", () -> host.told("lamp-1/energy").size() > 3);
      assertThat(host.kinds()).contains("NBIRTH", "DBIRTH lamp-1");
      assertThat(host.told("dead-1/level")).allMatch(Metric::getIsNull);

      broker.stop();
      String before = gateway.get("/api/v1/status");
      long start = System.nanoTime();
      Await.until(
          "readings pile up",
          () ->
              System.nanoTime() - start > 2_000_000_000L
                  && !gateway.get("/api/v1/status").equals(before));
      host.told().clear();
      broker.start();
      host.connect();
      Await.until(
          "history and present",
          () ->
              host.told("lamp-1/energy").stream().anyMatch(Metric::getIsHistorical)
                  && host.told("lamp-1/energy").stream().anyMatch(m -> !m.getIsHistorical()));
      assertThat(host.faults()).isEmpty();

      aCommandActsAndIsAnswered(host);
      assertThat(gateway.stop()).isZero();
      Await.until("its death", () -> host.kinds().contains("NDEATH"));
    }
  }

  private static void aCommandActsAndIsAnswered(SparkplugWatcher host) throws Exception {
    long now = System.currentTimeMillis();
    host.command("lamp-1", "level", 55, now);
    Await.until(
        "the result",
        () ->
            host.told("/Commands/Result").stream()
                .anyMatch(result -> result.getStringValue().contains("lamp-1/level@" + now)));
    assertThat(host.told("/Commands/Result"))
        .anyMatch(result -> result.getStringValue().contains("\"status\":\"done\",\"value\":55"));
    Await.until(
        "the new level",
        () -> host.told("lamp-1/level").stream().anyMatch(level -> level.getDoubleValue() == 55.0));
  }
}
