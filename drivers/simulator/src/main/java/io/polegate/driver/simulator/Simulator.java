package io.polegate.driver.simulator;

import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Settings;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Values without hardware: {@code driver: simulator}. Thread-safe. */
@Component
public final class Simulator implements DriverFactory {
  private final LongSupplier nanos;

  /** On the real monotonic clock. */
  @Activate
  public Simulator() {
    this(System::nanoTime);
  }

  Simulator(LongSupplier nanos) {
    this.nanos = nanos;
  }

  @Override
  public String name() {
    return "simulator";
  }

  @Override
  public Schema busSettings() {
    return SimulatorSettings.BUS;
  }

  @Override
  public Schema deviceSettings() {
    return SimulatorSettings.DEVICE;
  }

  @Override
  public Schema pointSettings() {
    return SimulatorSettings.POINT;
  }

  @Override
  public Driver create(Settings bus) throws InvalidSettingException {
    return new SimulatorDriver(bus, nanos);
  }
}
