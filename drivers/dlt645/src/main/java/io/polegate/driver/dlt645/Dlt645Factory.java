package io.polegate.driver.dlt645;

import io.polegate.api.driver.BusScan;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Endpoint;
import io.polegate.api.serial.SerialPorts;
import io.polegate.api.serial.SerialSettings;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Settings;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** DL/T 645-2007 meters on a serial port: {@code driver: dlt645}. Thread-safe. */
@Component(service = DriverFactory.class)
public final class Dlt645Factory implements DriverFactory, BusScan {
  private final SerialPorts ports;
  private final InstantSource clock;

  /** Uses the ports and the clock of this machine. */
  @Activate
  public Dlt645Factory(@Reference SerialPorts ports) {
    this(ports, InstantSource.system());
  }

  Dlt645Factory(SerialPorts ports, InstantSource clock) {
    this.ports = ports;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "dlt645";
  }

  @Override
  public Schema busSettings() {
    return MeterSettings.BUS;
  }

  @Override
  public Schema deviceSettings() {
    return MeterSettings.DEVICE;
  }

  @Override
  public Schema pointSettings() {
    return MeterSettings.POINT;
  }

  @Override
  public Optional<Endpoint> endpoint(Settings bus) throws InvalidSettingException {
    return Optional.of(SerialSettings.endpoint(bus));
  }

  @Override
  public Driver create(Settings bus) throws InvalidSettingException {
    LinkTiming timing = LinkTiming.of(bus);
    MeterLink link = new MeterLink(ports.line(MeterSettings.line(bus)), timing, System::nanoTime);
    return new MeterDriver(link, timing, clock);
  }

  @Override
  public List<Candidate> candidates(Settings known) {
    return ScanPlan.of(ports.names(), known);
  }
}
