package io.polegate.driver.simulator;

import io.polegate.api.data.ValueType;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import java.time.Duration;

/** Everything that can be set, and the only place where it is described. */
final class SimulatorSettings {
  /** How a value moves. */
  enum Signal {
    CONSTANT,
    SINE,
    RAMP,
    SQUARE,
    RANDOM,
    COUNTER,
    REGISTER,
    NONE
  }

  /** Faults that a device can play. */
  enum Failing {
    NONE,
    SILENT,
    REFUSING
  }

  /** Kinds of values. */
  enum Kind {
    BOOL(ValueType.BOOLEAN),
    INTEGER(ValueType.INTEGER),
    REAL(ValueType.REAL);

    private final ValueType valueType;

    Kind(ValueType valueType) {
      this.valueType = valueType;
    }

    ValueType valueType() {
      return valueType;
    }
  }

  static final Setting<Integer> SEED =
      Setting.integer("seed", 0, Integer.MAX_VALUE)
          .defaultsTo("1")
          .described("another seed, other random values");

  static final Setting<Integer> UNIT =
      Setting.integer("unit", 0, 65535)
          .described(
              "number of the device, to which its registers belong; devices without one share theirs");
  static final Setting<Failing> FAILING =
      Setting.choice("failing", Failing.class)
          .defaultsTo("none")
          .described("silent never answers, refusing answers every request with an error");

  static final Setting<Signal> SIGNAL =
      Setting.choice("signal", Signal.class)
          .required()
          .described("how the value moves; register keeps what was written, none has no value");
  static final Setting<String> ADDRESS =
      Setting.text("address").described("name of the register; for signal register only");
  static final Setting<Kind> TYPE =
      Setting.choice("type", Kind.class)
          .defaultsTo("real")
          .described("kind of value; bool is true in the upper half of low to high");
  static final Setting<Double> LOW = Setting.real("low").defaultsTo("0").described("lowest value");
  static final Setting<Double> HIGH =
      Setting.real("high")
          .defaultsTo("100")
          .described("highest value; not for constant and counter");
  static final Setting<Double> INITIAL =
      Setting.real("initial")
          .defaultsTo("0")
          .described("value of constant, start of counter and register");
  static final Setting<Duration> PERIOD =
      Setting.duration("period", Duration.ofMillis(1), Duration.ofDays(365))
          .defaultsTo("1m")
          .described("time of one wave, or from one random value or count to the next");

  static final Schema BUS = Schema.of(SEED);
  static final Schema DEVICE = Schema.of(UNIT, FAILING);
  static final Schema POINT = Schema.of(SIGNAL, ADDRESS, TYPE, LOW, HIGH, INITIAL, PERIOD);

  private SimulatorSettings() {}
}
