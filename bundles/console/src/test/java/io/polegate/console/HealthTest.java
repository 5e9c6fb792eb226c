package io.polegate.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.journal.JournalStatus;
import io.polegate.api.live.BusStatus;
import io.polegate.api.live.DeviceStatus;
import io.polegate.api.live.Traffic;
import io.polegate.api.live.UplinkStatus;
import io.polegate.api.time.ClockStatus;
import io.polegate.testkit.HandPoleClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HealthTest {
  private static final Duration POLL = Duration.ofSeconds(20);
  private static final UplinkStatus UPLINK =
      new UplinkStatus("city", true, Optional.of(Duration.ofSeconds(1)), 0, "");

  @Test
  void deviceIsFreshForThreePollsAfterItsLastGoodReading() {
    assertThat(level(device(POLL, Duration.ofSeconds(60)), UPLINK)).isEqualTo(Health.Level.OK);
    assertThat(level(device(POLL, Duration.ofSeconds(61)), UPLINK)).isEqualTo(Health.Level.FAILED);
  }

  @Test
  void quickDeviceIsFreshForHalfAMinute() {
    Duration quick = Duration.ofSeconds(1);
    assertThat(level(device(quick, Duration.ofSeconds(30)), UPLINK)).isEqualTo(Health.Level.OK);
    assertThat(level(device(quick, Duration.ofSeconds(31)), UPLINK)).isEqualTo(Health.Level.FAILED);
  }

  @Test
  void uplinkThatIsAwayOrStuckDegradesOnly() {
    DeviceStatus device = device(POLL, Duration.ofSeconds(1));
    assertThat(level(device, new UplinkStatus("city", false, Optional.empty(), 9, "refused")))
        .isEqualTo(Health.Level.DEGRADED);
    assertThat(
            level(
                device, new UplinkStatus("city", true, Optional.of(Duration.ofMinutes(6)), 9, "")))
        .isEqualTo(Health.Level.DEGRADED);
    assertThat(
            level(
                device, new UplinkStatus("city", true, Optional.of(Duration.ofMinutes(6)), 0, "")))
        .isEqualTo(Health.Level.OK);
  }

  @Test
  void aClockThatNobodyVouchesForIsDegraded() {
    HandPoleClock clock = HandPoleClock.system();
    clock.trust(false);
    assertThat(
            level(
                device(Duration.ofSeconds(10), Duration.ofSeconds(5)),
                new UplinkStatus("city", true, Optional.empty(), 0, ""),
                clock.status()))
        .isEqualTo(Health.Level.DEGRADED);
  }

  private static Health.Level level(DeviceStatus device, UplinkStatus uplink) {
    return level(device, uplink, HandPoleClock.system().status());
  }

  private static Health.Level level(DeviceStatus device, UplinkStatus uplink, ClockStatus clock) {
    return Health.of(
            new Snapshot(
                "1",
                Instant.EPOCH,
                clock,
                Duration.ZERO,
                Optional.of(SamplePole.document()),
                List.of(new BusStatus("lan", "modbus-tcp", true, "", 0, 0, false, 1)),
                List.of(device),
                List.of(uplink),
                new JournalStatus(1, 1, 2, Map.of(), 0, "")))
        .level();
  }

  private static DeviceStatus device(Duration poll, Duration lastGood) {
    return new DeviceStatus(
        "d",
        Map.of(),
        "lan",
        poll,
        DeviceStatus.State.ONLINE,
        Optional.of(lastGood),
        0,
        "",
        Traffic.NONE,
        1,
        0,
        List.of());
  }
}
