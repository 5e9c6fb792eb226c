package io.polegate.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.Coding;
import io.polegate.api.config.Curve;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.DeviceSpec.Confidence;
import io.polegate.api.config.PointSpec;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Access;
import io.polegate.api.live.DeviceStatus;
import io.polegate.api.live.PointStatus;
import io.polegate.api.live.Traffic;
import io.polegate.api.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class DeviceJsonTest {
  private static final PointSpec STATE =
      new PointSpec(
          "state",
          Map.of(),
          Settings.NONE,
          new Coding(
              1,
              0,
              OptionalLong.empty(),
              Curve.LINEAR,
              List.of(new Coding.Meaning(new Value.Text("closed"), 0xF0, Map.of("zh", "合闸"))),
              List.of(),
              List.of(),
              List.of()),
          "",
          Access.READ,
          PointSpec.Limits.NONE,
          PointSpec.ReportSpec.ALWAYS,
          Optional.empty());

  private static final DeviceSpec BREAKER =
      new DeviceSpec(
          "breaker",
          Map.of(),
          "line",
          Duration.ofSeconds(5),
          Settings.NONE,
          List.of(STATE),
          Optional.of(
              new DeviceSpec.Profile(
                  "lx47le", 3, Map.of("en", "Breaker"), Confidence.LOW, "one repository")),
          List.of("north"),
          Map.of("asset", "B-17"),
          Map.of());

  private static String json(Optional<DeviceSpec> spec) {
    DeviceStatus status =
        new DeviceStatus(
            "breaker",
            Map.of(),
            "line",
            Duration.ofSeconds(5),
            DeviceStatus.State.ONLINE,
            Optional.empty(),
            0,
            "",
            Traffic.NONE,
            0,
            0,
            List.of(new PointStatus(STATE, Optional.empty(), Optional.empty())));
    return new String(JsonText.of(new DeviceJson(status, spec)), StandardCharsets.UTF_8);
  }

  @Test
  void aDeviceTellsItsModelItsGroupsAndTags() {
    assertThat(json(Optional.of(BREAKER)))
        .contains(
            "\"profile\":{\"id\":\"lx47le\",\"version\":3,\"names\":{\"en\":\"Breaker\"},"
                + "\"confidence\":\"low\",\"source\":\"one repository\"}",
            "\"groups\":[\"north\"],\"tags\":{\"asset\":\"B-17\"}");
  }

  @Test
  void valuesHaveTheirNames() {
    assertThat(json(Optional.empty()))
        .contains("\"values\":[{\"value\":\"closed\",\"names\":{\"zh\":\"合闸\"}}]")
        .doesNotContain("profile", "groups", "tags");
  }
}
