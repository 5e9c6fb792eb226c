package io.polegate.driver.modbus;

import io.polegate.driver.modbus.SimulatedBus.Transport;

/** The contract, through a serial server. */
class ModbusRtuTcpTest extends ModbusContract {
  ModbusRtuTcpTest() {
    super(Transport.RTU_TCP);
  }
}
