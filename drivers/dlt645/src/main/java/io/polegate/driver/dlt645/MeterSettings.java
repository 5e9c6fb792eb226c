package io.polegate.driver.dlt645;

import io.polegate.api.serial.SerialParameters;
import io.polegate.api.serial.SerialParameters.Parity;
import io.polegate.api.serial.SerialSettings;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import io.polegate.api.settings.Settings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;

/** Everything that can be set, and the only place where it is described. */
final class MeterSettings {
  static final Setting<Integer> BAUD = SerialSettings.BAUD.defaultsTo("2400");
  static final Setting<Parity> PARITY = SerialSettings.PARITY.defaultsTo("even");
  static final Setting<Duration> TIMEOUT =
      Setting.duration("timeout", Duration.ofMillis(10), Duration.ofSeconds(60))
          .defaultsTo("1s")
          .described(
              "wait for an answer, which meters may think about for 500 ms; transmission comes on"
                  + " top");
  static final Setting<Duration> GAP =
      Setting.duration("gap", Duration.ZERO, Duration.ofSeconds(1))
          .defaultsTo("30ms")
          .described("silence on the line before each request, never below 3.5 characters");

  static final Setting<String> ADDRESS =
      Setting.of("address", "12 digits, or 12 times A to find a meter", MeterSettings::address)
          .required()
          .described("the number on the meter, with leading zeros; 999999999999 is all meters");
  static final Setting<Integer> PREAMBLE =
      Setting.integer("preamble", 0, 4)
          .defaultsTo("4")
          .described("bytes FE before each request, which wake the meter up");

  static final Setting<DataId> DATA_ID =
      Setting.of("data-id", DataId.FORM, DataId::parse).described("what to read");
  static final Setting<DataType> TYPE =
      Setting.choice("type", DataType.class)
          .defaultsTo("bcd")
          .described(
              "signed-bcd has its sign in the top bit; digits is a text of decimal digits, bits a"
                  + " status word as a number, bool one bit of it, bytes hexadecimal");
  static final Setting<Integer> LENGTH =
      Setting.integer("length", 1, 64).described("bytes of the value; required with data-id");
  static final Setting<Integer> START =
      Setting.integer("start", 0, 1000)
          .described(
              "the first byte of the value in a block of several; without it the answer has to be"
                  + " as long as the value");
  static final Setting<Integer> BIT =
      Setting.integer("bit", 0, 63).described("with type bool: which bit, 0 lowest");
  static final Setting<Action> ACTION =
      Setting.choice("action", Action.class)
          .described(
              "instead of data-id: writing true tells all meters of the line the present time");
  static final Setting<ZoneId> TIMEZONE =
      Setting.of("timezone", "a time zone: Asia/Shanghai", MeterSettings::zone)
          .defaultsTo("Asia/Shanghai")
          .described("with action: the time that the meters keep");

  static final Schema BUS =
      Schema.of(
          SerialSettings.PORT,
          BAUD,
          PARITY,
          SerialSettings.STOP_BITS,
          SerialSettings.DIRECTION,
          SerialSettings.BEFORE_SENDING,
          SerialSettings.AFTER_SENDING,
          TIMEOUT,
          GAP);
  static final Schema DEVICE = Schema.of(ADDRESS, PREAMBLE);
  static final Schema POINT = Schema.of(DATA_ID, TYPE, LENGTH, START, BIT, ACTION, TIMEZONE);

  /** What a point can do beside being read. */
  enum Action {
    /** Tells all meters the time. */
    BROADCAST_TIME
  }

  private MeterSettings() {}

  /** The serial parameters, always with eight bits. */
  static SerialParameters line(Settings bus) throws InvalidSettingException {
    return new SerialParameters(
        bus.get(SerialSettings.PORT),
        bus.get(BAUD),
        8,
        bus.get(PARITY),
        bus.get(SerialSettings.STOP_BITS),
        bus.get(SerialSettings.DIRECTION),
        bus.get(SerialSettings.BEFORE_SENDING),
        bus.get(SerialSettings.AFTER_SENDING));
  }

  private static String address(String text) {
    String address = text.toUpperCase(Locale.ROOT);
    if (!address.matches("[0-9]{12}") && !address.equals(MeterDevice.ANY)) {
      throw new IllegalArgumentException();
    }
    return address;
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
