package io.polegate.driver.serial;

import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Endpoint;
import io.polegate.api.serial.SerialPorts;
import io.polegate.api.serial.SerialSettings;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Settings;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lines of text or bytes on a serial port: {@code driver: serial}. Thread-safe. */
@Component
public final class SerialFactory implements DriverFactory {
  private final SerialPorts ports;

  /** Uses the ports of this machine. */
  @Activate
  public SerialFactory(@Reference SerialPorts ports) {
    this.ports = ports;
  }

  @Override
  public String name() {
    return "serial";
  }

  @Override
  public Schema busSettings() {
    return LineSettings.BUS;
  }

  @Override
  public Schema deviceSettings() {
    return LineSettings.DEVICE;
  }

  @Override
  public Schema pointSettings() {
    return LineSettings.POINT;
  }

  @Override
  public Optional<Endpoint> endpoint(Settings bus) throws InvalidSettingException {
    return Optional.of(SerialSettings.endpoint(bus));
  }

  @Override
  public Driver create(Settings bus) throws InvalidSettingException {
    LineRules rules = LineRules.of(bus);
    LineLink link =
        new LineLink(rules, ports.line(SerialSettings.parameters(bus)), System::nanoTime);
    return new SerialDriver(rules, link);
  }
}
