package io.polegate.cloud;

import io.polegate.api.config.Coding;
import io.polegate.api.config.PointSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.data.BadReason;
import io.polegate.api.data.Reading;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Access;
import io.polegate.api.live.BusStatus;
import io.polegate.api.live.DeviceStatus;
import io.polegate.api.live.LiveView;
import io.polegate.api.live.PointStatus;
import io.polegate.api.live.Traffic;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** One device with so many points; the second one is bad, the third was never read. */
record FakeLive(int points) implements LiveView {

  @Override
  public Optional<PoleSpec> pole() {
    return Optional.empty();
  }

  @Override
  public List<BusStatus> buses() {
    return List.of();
  }

  @Override
  public List<DeviceStatus> devices() {
    return List.of(
        new DeviceStatus(
            "env-1",
            Map.of(),
            "rs485-1",
            Duration.ofSeconds(1),
            DeviceStatus.State.ONLINE,
            Optional.of(Duration.ZERO),
            0,
            "",
            Traffic.NONE,
            1,
            0,
            IntStream.range(0, points).mapToObj(FakeLive::point).toList()));
  }

  private static PointStatus point(int number) {
    Optional<Reading> reading =
        switch (number) {
          case 1 ->
              Optional.of(
                  new Reading.Bad(BadReason.DEVICE_SILENT, "no answer", InMemoryJournal.TIME));
          case 2 -> Optional.empty();
          default ->
              Optional.of(new Reading.Good(new Value.Int(1000 + number), InMemoryJournal.TIME));
        };
    PointSpec spec =
        new PointSpec(
            "p-" + number,
            Map.of(),
            Settings.NONE,
            Coding.NONE,
            "m/s",
            Access.READ,
            PointSpec.Limits.NONE,
            PointSpec.ReportSpec.ALWAYS,
            Optional.empty());
    return new PointStatus(spec, reading, reading.map(there -> Duration.ofSeconds(2)));
  }
}
