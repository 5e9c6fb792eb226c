package io.polegate.driver.gpio;

import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import java.time.Duration;

/** Everything that can be set, and the only place where it is described. */
final class GpioSettings {
  /** What leads to the pins. */
  enum Backend {
    GPIOD,
    LINUXFS
  }

  /** What a line is used for. */
  enum Mode {
    INPUT,
    OUTPUT,
    COUNTER
  }

  /** Which level counts as on. */
  enum Active {
    HIGH,
    LOW
  }

  /** The resistor at an input. */
  enum Pull {
    NONE,
    UP,
    DOWN
  }

  /** Which edge counts. */
  enum Edge {
    RISING,
    FALLING
  }

  /** What becomes of an output. */
  enum Level {
    KEEP,
    ON,
    OFF
  }

  static final Setting<String> CHIP =
      Setting.of(
              "chip",
              "a device file as /dev/gpiochip0",
              text -> {
                if (!text.matches("/[A-Za-z0-9/._-]{1,100}")) {
                  throw new IllegalArgumentException();
                }
                return text;
              })
          .defaultsTo("/dev/gpiochip0")
          .described("the chip behind the pin header");

  static final Setting<Backend> BACKEND =
      Setting.choice("backend", Backend.class)
          .defaultsTo("gpiod")
          .described(
              "what leads to the pins: gpiod on a Raspberry Pi, linuxfs (sysfs) on any other board");

  static final Setting<Integer> LINE =
      Setting.integer("line", 0, 511).required().described("number of the line on the chip");
  static final Setting<Mode> MODE =
      Setting.choice("mode", Mode.class)
          .required()
          .described("a counter counts pulses since the gateway started");
  static final Setting<Active> ACTIVE =
      Setting.choice("active", Active.class)
          .defaultsTo("high")
          .described("the level that is on, for inputs and outputs");
  static final Setting<Pull> PULL =
      Setting.choice("pull", Pull.class)
          .defaultsTo("none")
          .described("the resistor inside the chip, for inputs and counters");
  static final Setting<Duration> DEBOUNCE =
      Setting.duration("debounce", Duration.ZERO, Duration.ofSeconds(10))
          .defaultsTo("0ms")
          .described(
              "after an edge that counted, others do not for so long; for inputs and counters, 300ms"
                  + " for a rain gauge");
  static final Setting<Edge> EDGE =
      Setting.choice("edge", Edge.class)
          .defaultsTo("rising")
          .described("the edge of the voltage that a counter counts");
  static final Setting<Level> START =
      Setting.choice("start", Level.class)
          .defaultsTo("keep")
          .described("an output when the bus is opened; keep is the level that it has");
  static final Setting<Level> SAFE =
      Setting.choice("safe", Level.class)
          .defaultsTo("keep")
          .described("an output when the bus is closed in order");

  static final Schema BUS = Schema.of(CHIP, BACKEND);
  static final Schema DEVICE = Schema.of();
  static final Schema POINT = Schema.of(LINE, MODE, ACTIVE, PULL, DEBOUNCE, EDGE, START, SAFE);

  private GpioSettings() {}
}
