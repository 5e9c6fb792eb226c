package io.polegate.driver.simulator;

import io.polegate.api.data.Value;
import io.polegate.api.data.ValueType;
import io.polegate.api.driver.Access;
import io.polegate.api.driver.Point;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import io.polegate.driver.simulator.SimulatorSettings.Failing;
import io.polegate.driver.simulator.SimulatorSettings.Kind;
import io.polegate.driver.simulator.SimulatorSettings.Signal;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * One simulated value; a pure function of time unless it is a register.
 *
 * @param register key of its memory cell, empty for other signals
 */
record SimulatedPoint(
    Failing failing,
    Signal signal,
    String register,
    Kind kind,
    double low,
    double high,
    double initial,
    Duration period)
    implements Point {

  /** Parses the settings. */
  static SimulatedPoint of(Settings device, Settings point) throws InvalidSettingException {
    SimulatedPoint parsed =
        new SimulatedPoint(
            device.get(SimulatorSettings.FAILING),
            point.get(SimulatorSettings.SIGNAL),
            register(device, point),
            point.get(SimulatorSettings.TYPE),
            point.get(SimulatorSettings.LOW),
            point.get(SimulatorSettings.HIGH),
            point.get(SimulatorSettings.INITIAL),
            point.get(SimulatorSettings.PERIOD));
    if (parsed.high <= parsed.low) {
      throw new InvalidSettingException("high", "must be above low, which is " + parsed.low);
    }
    if (parsed.signal == Signal.REGISTER && !parsed.takes(parsed.initial)) {
      throw new InvalidSettingException(
          "initial", "must be from " + parsed.low + " to " + parsed.high);
    }
    return parsed;
  }

  @Override
  public ValueType type() {
    return kind.valueType();
  }

  @Override
  public Access access() {
    return signal == Signal.REGISTER ? Access.READ_WRITE : Access.READ;
  }

  /** Whether a register may hold this number. */
  boolean takes(double number) {
    return number >= low && number <= high;
  }

  /** The number after {@code elapsed}; of a register, the one it starts with. */
  double numberAt(Duration elapsed, long seed) {
    double periods = (double) elapsed.toNanos() / period.toNanos();
    double whole = Math.floor(periods);
    double part = periods - whole;
    return switch (signal) {
      case CONSTANT, REGISTER, NONE -> initial;
      case SINE -> low + (high - low) * (1 + Math.sin(2 * Math.PI * part)) / 2;
      case RAMP -> low + (high - low) * part;
      case SQUARE -> part < 0.5 ? low : high;
      case RANDOM -> new SplittableRandom(seed * 1_000_003 + (long) whole).nextDouble(low, high);
      case COUNTER -> initial + whole;
    };
  }

  /** The number as a value of the point's type. */
  Value value(double number) {
    return switch (kind) {
      case BOOL -> new Value.Bool(number > (low + high) / 2);
      case INTEGER -> new Value.Int(Math.round(number));
      case REAL -> new Value.Real(number);
    };
  }

  /** The value as a number; the opposite of {@link #value}. */
  double number(Value value) {
    if (value instanceof Value.Bool bool) {
      return bool.value() ? high : low;
    }
    return value instanceof Value.Int integer ? integer.value() : ((Value.Real) value).value();
  }

  private static String register(Settings device, Settings point) throws InvalidSettingException {
    boolean register = point.get(SimulatorSettings.SIGNAL) == Signal.REGISTER;
    String address = point.find(SimulatorSettings.ADDRESS).orElse("");
    if (register && address.isEmpty()) {
      throw new InvalidSettingException("address", "is missing: write a name for the register");
    }
    if (!register && !address.isEmpty()) {
      throw new InvalidSettingException("address", "is for signal register only: remove it");
    }
    return register
        ? device.find(SimulatorSettings.UNIT).map(String::valueOf).orElse("") + "/" + address
        : "";
  }
}
