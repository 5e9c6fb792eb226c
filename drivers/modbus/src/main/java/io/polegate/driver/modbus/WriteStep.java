package io.polegate.driver.modbus;

import java.util.Arrays;
import java.util.List;

/**
 * Something that is written before or after a value: {@code holding:0x69=0xB588}.
 *
 * @param value a register, or 0 or 1 for a coil
 */
record WriteStep(ModbusAddress address, int value) {
  static final String FORM =
      "none, or up to four of holding:NUMBER=VALUE or coil:NUMBER=0 or 1, separated by commas";

  private static final int MOST = 4;

  /**
   * Parses a list of steps.
   *
   * @throws IllegalArgumentException if it is none
   */
  static List<WriteStep> list(String text) {
    if (text.strip().equals("none")) {
      return List.of();
    }
    List<WriteStep> steps = Arrays.stream(text.split(",", -1)).map(WriteStep::parse).toList();
    if (steps.size() > MOST) {
      throw new IllegalArgumentException("more than " + MOST + " steps");
    }
    return steps;
  }

  private static WriteStep parse(String text) {
    String[] sides = text.split("=", -1);
    if (sides.length != 2) {
      throw new IllegalArgumentException("not ADDRESS=VALUE: " + text);
    }
    ModbusAddress address = ModbusAddress.parse(sides[0]);
    int value = Integer.decode(sides[1].strip());
    int largest = address.table().bits() ? 1 : 0xFFFF;
    if (!address.table().writable() || address.bit().isPresent() || value < 0 || value > largest) {
      throw new IllegalArgumentException("cannot be written: " + text);
    }
    return new WriteStep(address, value);
  }

  /** The request for it. */
  ModbusRequest request(boolean multiple) {
    if (address.table() == ModbusTable.COIL) {
      return ModbusRequest.writeCoil(address.number(), value == 1, multiple);
    }
    byte[] register = {(byte) (value >> 8), (byte) value};
    return ModbusRequest.writeRegisters(address.number(), register, multiple);
  }

  @Override
  public String toString() {
    return address + "=" + value;
  }
}
