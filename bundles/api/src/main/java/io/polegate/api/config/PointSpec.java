package io.polegate.api.config;

import io.polegate.api.driver.Access;
import io.polegate.api.journal.Lane;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One named datum of a device.
 *
 * @param id {@code [a-z0-9-]{1,64}}
 * @param names name by language tag; may be empty
 * @param settings the driver's own: address, type and so on
 * @param scaling from raw numbers to the unit
 * @param unit UCUM-like symbol, may be empty
 * @param access what this pole does with it
 * @param limits plausible range of readings and allowed range of commands, in the unit
 * @param report when a reading is worth sending
 * @param heartbeat what the gateway writes here by itself; empty for nothing
 */
public record PointSpec(
    String id,
    Map<String, String> names,
    Settings settings,
    Scaling scaling,
    String unit,
    Access access,
    Limits limits,
    ReportSpec report,
    Optional<Heartbeat> heartbeat) {

  /** Copies the map. */
  public PointSpec {
    names = Map.copyOf(names);
  }

  /**
   * Engineering value = raw × scale + offset.
   *
   * @param scale not zero
   * @param offset in the unit
   */
  public record Scaling(double scale, double offset) {
    /** Raw values are already in the unit. */
    public static final Scaling NONE = new Scaling(1, 0);
  }

  /**
   * An inclusive range; either end may be open.
   *
   * @param min in the unit
   * @param max in the unit
   */
  public record Limits(OptionalDouble min, OptionalDouble max) {
    /** No limits. */
    public static final Limits NONE = new Limits(OptionalDouble.empty(), OptionalDouble.empty());

    /** Whether {@code value} is inside. */
    public boolean contain(double value) {
      return (min.isEmpty() || value >= min.getAsDouble())
          && (max.isEmpty() || value <= max.getAsDouble());
    }
  }

  /**
   * Report strategy: a reading is journalled when its value moved by more than {@code deadband}
   * since the last one that was, when its quality changed, or when {@code maxAge} has passed.
   *
   * @param deadband in the unit; 0 means any change
   * @param maxAge longest silence of an unchanged point; zero means that every reading is
   *     journalled
   * @param event lane in which each change of the value travels as an event as well, for doors,
   *     buttons and floats; empty for none
   */
  public record ReportSpec(double deadband, Duration maxAge, Optional<Lane> event) {
    /** Every reading is journalled. */
    public static final ReportSpec ALWAYS = new ReportSpec(0, Duration.ZERO, Optional.empty());
  }

  /**
   * Proof of life that a device expects, for instance a charger that stops when its master is
   * silent.
   *
   * @param value in the unit; 0 and 1 for a point of two states
   * @param every time from the start of one write to the start of the next
   * @param release written once when the bus is stopped in order; empty for nothing
   */
  public record Heartbeat(double value, Duration every, OptionalDouble release) {}
}
