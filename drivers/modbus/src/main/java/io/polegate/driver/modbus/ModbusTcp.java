package io.polegate.driver.modbus;

import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Settings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Modbus TCP: {@code driver: modbus-tcp}. Thread-safe. */
@Component
public final class ModbusTcp implements DriverFactory {

  /** Has nothing to prepare. */
  @Activate
  public ModbusTcp() {}

  @Override
  public String name() {
    return "modbus-tcp";
  }

  @Override
  public Schema busSettings() {
    return ModbusSettings.NETWORK;
  }

  @Override
  public Schema deviceSettings() {
    return ModbusSettings.NETWORK_DEVICE;
  }

  @Override
  public Schema pointSettings() {
    return ModbusSettings.POINT;
  }

  @Override
  public Driver create(Settings bus) throws InvalidSettingException {
    return new ModbusDriver(new TcpLink(bus, System::nanoTime), ModbusSettings.TCP_UNIT);
  }
}
