package io.polegate.driver.modbus;

import io.polegate.api.driver.BusScan;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Endpoint;
import io.polegate.api.serial.SerialParameters;
import io.polegate.api.serial.SerialPorts;
import io.polegate.api.serial.SerialSettings;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Settings;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Modbus RTU on a serial port: {@code driver: modbus-rtu}. Thread-safe. */
@Component(service = DriverFactory.class)
public final class ModbusRtu implements DriverFactory, BusScan {
  private static final Framing FRAMING = new RtuFraming();

  private final SerialPorts ports;

  /** Uses the serial ports of the machine. */
  @Activate
  public ModbusRtu(@Reference SerialPorts ports) {
    this.ports = ports;
  }

  @Override
  public String name() {
    return "modbus-rtu";
  }

  @Override
  public Schema busSettings() {
    return LinkSettings.RTU;
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
  public Optional<Endpoint> endpoint(Settings bus) throws InvalidSettingException {
    return Optional.of(SerialSettings.endpoint(bus));
  }

  @Override
  public Driver create(Settings bus) throws InvalidSettingException {
    SerialParameters line = LinkSettings.line(busSettings(), bus);
    Wire wire = new SerialWire(ports.line(line));
    LinkTiming timing = LinkTiming.ofLine(bus, line);
    return new ModbusDriver(
        new ModbusLink(wire, FRAMING, timing, System::nanoTime), ModbusDevice::onLine);
  }

  @Override
  public List<Candidate> candidates(Settings known) {
    return ScanPlan.onLines(
        ScanPlan.rtu(ports.names(), known),
        bus ->
            LinkTiming.ofLine(bus, LinkSettings.line(busSettings(), bus))
                .inVain(FRAMING, ScanPlan.PROBE));
  }
}
