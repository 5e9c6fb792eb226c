package io.polegate.api.config;

import io.polegate.api.data.Value;
import io.polegate.api.driver.Access;
import io.polegate.api.journal.Lane;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One named datum of a device.
 *
 * @param id {@code [a-z0-9-]{1,64}}
 * @param names name by language tag; may be empty
 * @param settings the driver's own: address, type and so on
 * @param coding what raw values mean
 * @param unit UCUM-like symbol, may be empty
 * @param access what this pole does with it
 * @param limits plausible range of readings and allowed range of commands, in the unit
 * @param report when a reading is worth sending
 * @param heartbeat what the gateway writes here by itself; empty for nothing
 * @param poll time from one read to the next, at least the device's; empty for the device's. It is
 *     read with those polls of the device at which it is due
 * @param guards commands are refused while one of these holds, which is read right before
 * @param proof how a write is proved; empty for an immediate read of the point itself, if it can be
 *     read
 */
public record PointSpec(
    String id,
    Map<String, String> names,
    Settings settings,
    Coding coding,
    String unit,
    Access access,
    Limits limits,
    ReportSpec report,
    Optional<Heartbeat> heartbeat,
    Optional<Duration> poll,
    List<Guard> guards,
    Optional<Proof> proof) {

  /** Copies the collections. */
  public PointSpec {
    names = Map.copyOf(names);
    guards = List.copyOf(guards);
  }

  /** A point that is polled with its device, and proves its writes itself. */
  public PointSpec(
      String id,
      Map<String, String> names,
      Settings settings,
      Coding coding,
      String unit,
      Access access,
      Limits limits,
      ReportSpec report,
      Optional<Heartbeat> heartbeat) {
    this(
        id,
        names,
        settings,
        coding,
        unit,
        access,
        limits,
        report,
        heartbeat,
        Optional.empty(),
        List.of(),
        Optional.empty());
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

  /**
   * A lock that forbids commands, for instance a breaker that was locked by hand.
   *
   * @param point id of the point of the same device that tells it
   * @param value in the unit of that point; while it has it, commands are refused
   */
  public record Guard(String point, Value value) {}

  /**
   * How a write is proved when the device takes its time, or tells the effect elsewhere.
   *
   * @param point id of the point of the same device that has to show the value that was written
   * @param within longest time until it does; the bus goes on meanwhile
   * @param every time between two looks
   */
  public record Proof(String point, Duration within, Duration every) {}
}
