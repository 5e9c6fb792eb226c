package io.polegate.driver.modbus;

import io.polegate.api.data.ValueType;
import io.polegate.api.driver.Access;
import io.polegate.api.driver.Point;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import io.polegate.driver.modbus.ModbusSettings.Order;

/**
 * One value of a device. Pure.
 *
 * @param codec for coils and discrete inputs it says only that they are bits
 * @param writes how it wants to be written
 */
record ModbusPoint(
    ModbusDevice device, ModbusAddress address, RegisterCodec codec, WriteHabits writes)
    implements Point {

  /**
   * Parses the settings of a point.
   *
   * @throws InvalidSettingException naming the key that is wrong and the remedy
   */
  static ModbusPoint of(ModbusDevice device, Settings settings) throws InvalidSettingException {
    ModbusAddress address = settings.get(ModbusSettings.ADDRESS);
    RegisterType type = type(address, settings);
    int registers = type == RegisterType.STRING ? length(settings) : type.registers();
    if (type != RegisterType.STRING && settings.find(ModbusSettings.LENGTH).isPresent()) {
      throw new InvalidSettingException("length", "is for type string only: remove it");
    }
    checkRange(device, address, registers);
    checkBroadcast(device, address);
    RegisterCodec codec =
        new RegisterCodec(
            type,
            address.bit().orElse(0),
            settings.get(ModbusSettings.WORD_ORDER) == Order.LOW_FIRST,
            settings.get(ModbusSettings.BYTE_ORDER) == Order.LOW_FIRST,
            registers);
    return new ModbusPoint(device, address, codec, device.writes().at(settings));
  }

  @Override
  public ValueType type() {
    return codec.type().valueType();
  }

  @Override
  public Access access() {
    if (device.broadcast()) {
      return Access.WRITE;
    }
    return address.table().writable() ? Access.READ_WRITE : Access.READ;
  }

  /** First address. */
  int start() {
    return address.number();
  }

  /** Address behind the last. */
  int end() {
    return address.number() + codec.registers();
  }

  private static RegisterType type(ModbusAddress address, Settings settings)
      throws InvalidSettingException {
    boolean bit = address.table().bits() || address.bit().isPresent();
    RegisterType type =
        settings.find(ModbusSettings.TYPE).orElse(bit ? RegisterType.BOOL : RegisterType.UINT16);
    if (bit && type != RegisterType.BOOL) {
      throw new InvalidSettingException(
          "type", "must be bool, because " + address + " is a bit: remove it or write bool");
    }
    if (!bit && type == RegisterType.BOOL) {
      throw new InvalidSettingException(
          "type", "bool needs one bit of the register: write address: \"" + address + ".0\"");
    }
    return type;
  }

  private static int length(Settings settings) throws InvalidSettingException {
    return settings
        .find(ModbusSettings.LENGTH)
        .orElseThrow(
            () ->
                new InvalidSettingException(
                    "length", "is missing: write the number of registers of the string"));
  }

  private static void checkRange(ModbusDevice device, ModbusAddress address, int registers)
      throws InvalidSettingException {
    if (address.number() + registers > 0x10000) {
      throw new InvalidSettingException(
          "address", address + " with " + registers + " registers goes beyond 65535");
    }
    if (registers > device.limit(address.table())) {
      throw new InvalidSettingException(
          registers == 2 || registers == 4 ? "type" : "length",
          "takes "
              + registers
              + " registers but the device's max-registers is "
              + device.maxRegisters()
              + ": a value is never read in parts");
    }
  }

  private static void checkBroadcast(ModbusDevice device, ModbusAddress address)
      throws InvalidSettingException {
    boolean readFirst = address.bit().isPresent();
    if (device.broadcast() && (readFirst || !address.table().writable())) {
      throw new InvalidSettingException(
          "address",
          address
              + " cannot be written without reading, and unit 0 is all devices at once: use"
              + " whole holding registers and coils");
    }
  }
}
