package io.polegate.driver.modbus;

import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;

/**
 * What has to be known of a device to ask it.
 *
 * @param unit its number on the bus
 * @param maxRegisters most registers in one request
 * @param maxCoils most coils or discrete inputs in one request
 * @param maxHole most addresses that are read over to join two points in one request
 */
record ModbusDevice(int unit, int maxRegisters, int maxCoils, int maxHole) {

  /** Reads the settings of a device; {@code unit} differs between line and network. */
  static ModbusDevice of(Settings settings, int unit) throws InvalidSettingException {
    return new ModbusDevice(
        unit,
        settings.get(ModbusSettings.MAX_REGISTERS),
        settings.get(ModbusSettings.MAX_COILS),
        settings.get(ModbusSettings.MAX_HOLE));
  }

  /** Most addresses of this table in one request. */
  int limit(ModbusTable table) {
    return table.bits() ? maxCoils : maxRegisters;
  }
}
