package io.polegate.driver.gpio;

import io.polegate.api.data.ValueType;
import io.polegate.api.driver.Access;
import io.polegate.api.driver.Point;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Setting;
import io.polegate.api.settings.Settings;
import io.polegate.driver.gpio.GpioSettings.Active;
import io.polegate.driver.gpio.GpioSettings.Edge;
import io.polegate.driver.gpio.GpioSettings.Level;
import io.polegate.driver.gpio.GpioSettings.Mode;
import io.polegate.driver.gpio.GpioSettings.Pull;
import java.util.List;

/**
 * One line of the chip and what it is used for. Pure.
 *
 * @param activeHigh whether a high level is on
 * @param countsRising whether a counter counts rising edges
 */
record GpioPoint(
    int line,
    Mode mode,
    boolean activeHigh,
    Pull pull,
    long debounceNanos,
    boolean countsRising,
    Level start,
    Level safe)
    implements Point {
  private static final List<Setting<?>> OF_OUTPUTS = List.of(GpioSettings.START, GpioSettings.SAFE);
  private static final List<Setting<?>> OF_INPUTS =
      List.of(GpioSettings.PULL, GpioSettings.DEBOUNCE);

  /**
   * Parses the settings of a point.
   *
   * @throws InvalidSettingException naming the key that is wrong and the remedy
   */
  static GpioPoint of(Settings settings) throws InvalidSettingException {
    GpioPoint point =
        new GpioPoint(
            settings.get(GpioSettings.LINE),
            settings.get(GpioSettings.MODE),
            settings.get(GpioSettings.ACTIVE) == Active.HIGH,
            settings.get(GpioSettings.PULL),
            settings.get(GpioSettings.DEBOUNCE).toNanos(),
            settings.get(GpioSettings.EDGE) == Edge.RISING,
            settings.get(GpioSettings.START),
            settings.get(GpioSettings.SAFE));
    if (point.mode == Mode.OUTPUT) {
      refuse(settings, OF_INPUTS, "is for inputs and counters");
    } else {
      refuse(settings, OF_OUTPUTS, "is for outputs");
    }
    if (point.mode == Mode.COUNTER) {
      refuse(settings, List.of(GpioSettings.ACTIVE), "is for inputs and outputs, write edge");
    } else {
      refuse(settings, List.of(GpioSettings.EDGE), "is for counters");
    }
    return point;
  }

  @Override
  public ValueType type() {
    return mode == Mode.COUNTER ? ValueType.INTEGER : ValueType.BOOLEAN;
  }

  @Override
  public Access access() {
    return mode == Mode.OUTPUT ? Access.READ_WRITE : Access.READ;
  }

  private static void refuse(Settings settings, List<Setting<?>> keys, String reason)
      throws InvalidSettingException {
    for (Setting<?> key : keys) {
      if (settings.texts().containsKey(key.key())) {
        throw new InvalidSettingException(key.key(), reason + ": remove it");
      }
    }
  }
}
