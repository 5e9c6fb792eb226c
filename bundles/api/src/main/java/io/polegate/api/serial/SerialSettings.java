package io.polegate.api.serial;

import io.polegate.api.driver.Endpoint;
import io.polegate.api.serial.SerialParameters.Direction;
import io.polegate.api.serial.SerialParameters.Parity;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Setting;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.List;

/** The settings of a serial port, the same in every driver that uses one. */
public final class SerialSettings {
  private static final Duration LONGEST_SWITCH = Duration.ofMillis(100);

  /** The port. */
  public static final Setting<String> PORT =
      Setting.text("port")
          .required()
          .described(
              "the serial port: /dev/ttyS1, a link in /dev/serial/by-path, or usb:SERIALNUMBER");

  /** Bits per second. */
  public static final Setting<Integer> BAUD =
      Setting.integer("baud", 300, 4_000_000).defaultsTo("9600").described("bits per second");

  /** Bits of a character. */
  public static final Setting<Integer> DATA_BITS =
      Setting.integer("data-bits", 7, 8).defaultsTo("8").described("as the devices have it");

  /** The parity bit. */
  public static final Setting<Parity> PARITY =
      Setting.choice("parity", Parity.class).defaultsTo("none").described("as the devices have it");

  /** Stop bits. */
  public static final Setting<Integer> STOP_BITS =
      Setting.integer("stop-bits", 1, 2).defaultsTo("1").described("as the devices have it");

  /** Who switches the transceiver. */
  public static final Setting<Direction> DIRECTION =
      Setting.choice("direction", Direction.class)
          .defaultsTo("hardware")
          .described(
              "who switches an RS-485 transceiver: the hardware by itself, or the system with RTS"
                  + " high or low while sending");

  /** Time from the switch to the first bit. */
  public static final Setting<Duration> BEFORE_SENDING =
      Setting.duration("before-sending", Duration.ZERO, LONGEST_SWITCH)
          .defaultsTo("0ms")
          .described("with direction rts-high or rts-low: from the switch to the first bit");

  /** Time from the last bit to the switch back. */
  public static final Setting<Duration> AFTER_SENDING =
      Setting.duration("after-sending", Duration.ZERO, LONGEST_SWITCH)
          .defaultsTo("0ms")
          .described("with direction rts-high or rts-low: from the last bit to the switch back");

  private SerialSettings() {}

  /** All of them, in the order of a form. */
  public static List<Setting<?>> all() {
    return List.of(
        PORT, BAUD, DATA_BITS, PARITY, STOP_BITS, DIRECTION, BEFORE_SENDING, AFTER_SENDING);
  }

  /**
   * The parameters that these settings describe.
   *
   * @throws InvalidSettingException if one of them is wrong
   */
  public static SerialParameters parameters(Settings bus) throws InvalidSettingException {
    return new SerialParameters(
        bus.get(PORT),
        bus.get(BAUD),
        bus.get(DATA_BITS),
        bus.get(PARITY),
        bus.get(STOP_BITS),
        bus.get(DIRECTION),
        bus.get(BEFORE_SENDING),
        bus.get(AFTER_SENDING));
  }

  /**
   * What a bus on such a port occupies.
   *
   * @throws InvalidSettingException if the port is missing
   */
  public static Endpoint endpoint(Settings bus) throws InvalidSettingException {
    return new Endpoint("serial " + bus.get(PORT), true);
  }
}
