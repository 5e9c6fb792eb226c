package io.polegate.driver.dlt645;

import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.driver.BusScan;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Endpoint;
import io.polegate.api.serial.SerialPorts;
import io.polegate.api.serial.SerialSettings;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Settings;
import io.polegate.api.time.PoleClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** DL/T 645-2007 meters on a serial port: {@code driver: dlt645}. Thread-safe. */
@Component(service = DriverFactory.class)
public final class Dlt645Factory implements DriverFactory, BusScan {
  private final SerialPorts ports;
  private volatile Optional<PoleClock> clock = Optional.empty();

  /** Uses the ports of this machine. */
  @Activate
  public Dlt645Factory(@Reference SerialPorts ports) {
    this.ports = ports;
  }

  /** Without one, as when a document is only checked, no meter is told the time. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  synchronized void bindClock(PoleClock there) {
    clock = Optional.of(there);
  }

  synchronized void unbindClock(PoleClock gone) {
    clock = clock.filter(there -> there != gone);
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
    return new MeterDriver(link, timing, this::now);
  }

  private SampleTime now() {
    return clock
        .map(PoleClock::now)
        .orElseGet(() -> new SampleTime(Instant.now(), TimeQuality.UNTRUSTED));
  }

  @Override
  public List<Candidate> candidates(Settings known) {
    return ScanPlan.of(ports.names(), known);
  }
}
