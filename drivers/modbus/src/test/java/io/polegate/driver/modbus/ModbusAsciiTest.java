package io.polegate.driver.modbus;

import io.polegate.driver.modbus.SimulatedBus.Transport;

/** The contract, in characters. */
class ModbusAsciiTest extends ModbusContract {
  ModbusAsciiTest() {
    super(Transport.ASCII);
  }
}
