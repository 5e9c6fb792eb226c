package io.polegate.driver.modbus;

import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import io.polegate.driver.modbus.ModbusSettings.WriteFunction;
import java.time.Duration;
import java.util.List;

/**
 * How a device wants to be written.
 *
 * @param before written first, to unlock
 * @param after written last, to save
 * @param settle pause after each acknowledged write
 */
record WriteHabits(
    WriteFunction function, List<WriteStep> before, List<WriteStep> after, Duration settle) {

  /** Copies the lists. */
  WriteHabits {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** Those of a device. */
  static WriteHabits of(Settings device) throws InvalidSettingException {
    return new WriteHabits(
        device.get(ModbusSettings.DEVICE_WRITE),
        device.find(ModbusSettings.BEFORE_WRITE).orElse(List.of()),
        device.find(ModbusSettings.AFTER_WRITE).orElse(List.of()),
        device.get(ModbusSettings.DEVICE_SETTLE));
  }

  /** Those of a point, which may differ from those of its device. */
  WriteHabits at(Settings point) throws InvalidSettingException {
    return new WriteHabits(
        point.find(ModbusSettings.POINT_WRITE).orElse(function),
        point.find(ModbusSettings.BEFORE_WRITE).orElse(before),
        point.find(ModbusSettings.AFTER_WRITE).orElse(after),
        point.find(ModbusSettings.POINT_SETTLE).orElse(settle));
  }

  /** Whether so many registers or coils are written with function 15 or 16, not 5 or 6. */
  boolean multiple(int count) {
    return function == WriteFunction.MULTIPLE || (function == WriteFunction.AUTO && count > 1);
  }
}
