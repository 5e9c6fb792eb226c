package io.polegate.driver.modbus;

import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Settings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Modbus RTU on a serial port: {@code driver: modbus-rtu}. Thread-safe. */
@Component
public final class ModbusRtu implements DriverFactory {

  /** Has nothing to prepare. */
  @Activate
  public ModbusRtu() {}

  @Override
  public String name() {
    return "modbus-rtu";
  }

  @Override
  public Schema busSettings() {
    return ModbusSettings.LINE;
  }

  @Override
  public Schema deviceSettings() {
    return ModbusSettings.LINE_DEVICE;
  }

  @Override
  public Schema pointSettings() {
    return ModbusSettings.POINT;
  }

  @Override
  public Driver create(Settings bus) throws InvalidSettingException {
    return new ModbusDriver(new RtuLink(bus, System::nanoTime), ModbusSettings.LINE_UNIT);
  }
}
