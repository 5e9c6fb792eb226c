package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the plan fits the time of the bus; the fake driver takes 100 ms for each point. */
final class BusLoadTest {
  private static final String TWO_POINTS = "{a: {address: \"input:1\"}, b: {address: \"input:2\"}}";

  private static List<String> loads(String document) {
    Outcome outcome = Checks.of(document);
    assertThat(Checks.messages(outcome)).isEmpty();
    return outcome.loads().stream().map(Load::text).toList();
  }

  @Test
  void theTimeOfAllDevicesOfOneBusIsAddedUp() {
    assertThat(
            loads(
                """
                pole: {id: A}
                buses: {line: {driver: modbus-rtu, port: /dev/ttyS1}}
                devices:
                  d: {bus: line, unit: 1, poll: 1s, points: %1$s}
                  e: {bus: line, unit: 2, poll: 2s, points: %1$s}
                """
                    .formatted(TWO_POINTS)))
        .containsExactly("bus line: 30 % of its time");
  }

  @Test
  void busesThatShareAnEndpointShareItsTime() {
    assertThat(
            loads(
                """
                pole: {id: A}
                buses:
                  line: {driver: modbus-rtu, port: /dev/shared0}
                  line-2: {driver: modbus-rtu, port: /dev/shared0, baud: 19200}
                devices:
                  d: {bus: line, unit: 1, poll: 1s, points: %1$s}
                  e: {bus: line-2, unit: 2, poll: 2s, points: %1$s}
                """
                    .formatted(TWO_POINTS)))
        .containsExactly("buses line, line-2: 30 % of their time");
  }

  @Test
  void pointsThatAreOnlyWrittenCostNothing() {
    assertThat(
            loads(
                """
                pole: {id: A}
                buses: {line: {driver: modbus-rtu, port: /dev/ttyS1}}
                devices:
                  d:
                    bus: line
                    poll: 1s
                    points:
                      a: {address: "input:1"}
                      b: {address: "coil:1", access: write}
                """))
        .containsExactly("bus line: 10 % of its time");
  }

  @Test
  void heartbeatsCostTimeToo() {
    assertThat(
            loads(
                """
                pole: {id: A}
                buses: {line: {driver: modbus-rtu, port: /dev/ttyS1}}
                devices:
                  d:
                    bus: line
                    poll: 1s
                    points:
                      a: {address: "input:1"}
                      b: {address: "coil:1", access: write, heartbeat: {value: 1, every: 500ms}}
                """))
        .containsExactly("bus line: 30 % of its time");
  }

  @Test
  void aPlanThatJustFitsIsNoProblem() {
    assertThat(
            loads(
                """
                pole: {id: A}
                buses: {line: {driver: modbus-rtu, port: /dev/ttyS1}}
                devices: {d: {bus: line, poll: 200ms, points: %s}}
                """
                    .formatted(TWO_POINTS)))
        .containsExactly("bus line: 100 % of its time");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rude", "absurd"})
  void aPluginThatCannotTellIsReportedAndNothingElse(String driver) {
    Outcome outcome =
        Checks.with(FakeModbus.named(driver))
            .check(
                Path.of("pole.yaml"),
                """
                pole: {id: A}
                buses: {net: {driver: %s, host: h}}
                devices: {d: {bus: net, poll: 1s, points: %s}}
                """
                    .formatted(driver, TWO_POINTS)
                    .getBytes(StandardCharsets.UTF_8));
    assertThat(outcome.problems())
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.text())
                    .startsWith("pole.yaml:3:11: device \"d\": the plugin failed on it"));
  }
}
