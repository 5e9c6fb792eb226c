package io.polegate.core;

import io.polegate.api.config.Coding;
import io.polegate.api.config.Coding.Meaning;
import io.polegate.api.config.Curve;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.config.PointSpec.Guard;
import io.polegate.api.config.PointSpec.Limits;
import io.polegate.api.config.PointSpec.Proof;
import io.polegate.api.config.PointSpec.ReportSpec;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Access;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A residual-current breaker as LX47LE-125: it can be locked by hand, and its state follows a
 * command some time later.
 */
final class Breaker {
  static final String ID = "breaker";
  static final Value CLOSED = new Value.Text("closed");
  static final Value OPEN = new Value.Text("open");
  static final Duration WITHIN = Duration.ofSeconds(15);
  static final Duration EVERY = Duration.ofSeconds(2);
  private static final long RAW_CLOSED = 0xF0;
  private static final long RAW_OPEN = 0x0F;
  private static final long CLOSE = 0xFF00;

  private final FakeLine line;
  private final Duration takes;
  private long followsAtNanos = Long.MAX_VALUE;

  /**
   * Open and not locked.
   *
   * @param takes from a command to its effect
   */
  Breaker(FakeLine line, Duration takes) {
    this.line = line;
    this.takes = takes;
    locked(false);
    line.registers.put("breaker/state", new Value.Int(RAW_OPEN));
    line.registers.put("breaker/control", new Value.Int(0));
    line.life = this::follow;
    line.effect = (key, value) -> written(key);
  }

  private void written(String key) {
    if (key.equals("breaker/control")) {
      followsAtNanos = line.clock.monotonic().getAsLong() + takes.toNanos();
    }
  }

  private void follow() {
    if (line.clock.monotonic().getAsLong() >= followsAtNanos) {
      boolean close = new Value.Int(CLOSE).equals(line.registers.get("breaker/control"));
      line.registers.put("breaker/state", new Value.Int(close ? RAW_CLOSED : RAW_OPEN));
    }
  }

  /** Somebody locks it by hand, or unlocks it. */
  void locked(boolean locked) {
    line.registers.put("breaker/lock", new Value.Int(locked ? 1 : 0));
  }

  /** How it is written in a document. */
  static DeviceSpec spec(String bus) {
    return Specs.device(
        bus,
        ID,
        Duration.ofMinutes(10),
        point("lock", Access.READ, names("unlocked", 0, "locked", 1), Optional.empty()),
        point(
            "state", Access.READ, names("closed", RAW_CLOSED, "open", RAW_OPEN), Optional.empty()),
        point(
            "control",
            Access.WRITE,
            names("closed", CLOSE, "open", 0),
            Optional.of(new Proof("state", WITHIN, EVERY))));
  }

  private static PointSpec point(String id, Access access, Coding coding, Optional<Proof> proof) {
    return new PointSpec(
        id,
        Map.of(),
        new Settings(Map.of("address", id)),
        coding,
        "",
        access,
        Limits.NONE,
        ReportSpec.ALWAYS,
        Optional.empty(),
        Optional.empty(),
        proof.isPresent() ? List.of(new Guard("lock", new Value.Text("locked"))) : List.of(),
        proof);
  }

  private static Coding names(String one, long rawOne, String other, long rawOther) {
    return new Coding(
        1,
        0,
        OptionalLong.empty(),
        Curve.LINEAR,
        List.of(
            new Meaning(new Value.Text(one), rawOne, Map.of()),
            new Meaning(new Value.Text(other), rawOther, Map.of())),
        List.of(),
        List.of(),
        List.of());
  }
}
