package io.polegate.driver.modbus;

import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import io.polegate.driver.modbus.ModbusSettings.Registers;
import io.polegate.driver.modbus.ModbusSettings.Requests;

/**
 * What has to be known of a device to ask it.
 *
 * @param unit its number on the bus
 * @param broadcast whether it is all devices of a line at once, which obey and say nothing
 * @param maxRegisters most registers in one request
 * @param maxCoils most coils or discrete inputs in one request
 * @param maxHole most addresses that are read over to join two points in one request
 * @param requests whether points share requests
 * @param registers which function reads registers
 * @param writes how it wants to be written
 */
record ModbusDevice(
    int unit,
    boolean broadcast,
    int maxRegisters,
    int maxCoils,
    int maxHole,
    Requests requests,
    Registers registers,
    WriteHabits writes) {

  /** Reads the settings of a device on a line or behind a serial server. */
  static ModbusDevice onLine(Settings settings) throws InvalidSettingException {
    int unit = settings.get(ModbusSettings.LINE_UNIT);
    return of(settings, unit, unit == 0);
  }

  /** Reads the settings of a device on a network, where unit 0 is the peer itself. */
  static ModbusDevice onNetwork(Settings settings) throws InvalidSettingException {
    return of(settings, settings.get(ModbusSettings.TCP_UNIT), false);
  }

  private static ModbusDevice of(Settings settings, int unit, boolean broadcast)
      throws InvalidSettingException {
    return new ModbusDevice(
        unit,
        broadcast,
        settings.get(ModbusSettings.MAX_REGISTERS),
        settings.get(ModbusSettings.MAX_COILS),
        settings.get(ModbusSettings.MAX_HOLE),
        settings.get(ModbusSettings.REQUESTS),
        settings.get(ModbusSettings.REGISTERS),
        WriteHabits.of(settings));
  }

  /** Most addresses of this table in one request. */
  int limit(ModbusTable table) {
    return table.bits() ? maxCoils : maxRegisters;
  }
}
