package org.example.line;

import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Endpoint;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Settings;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/** {@code driver: line}. The annotation is all that it takes to be found by the gateway. */
@Component
public final class LineFactory implements DriverFactory {
  /** What documents write behind {@code driver:}. */
  static final String NAME = "line";

  @Override
  public String name() {
    return NAME;
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
    String host = bus.get(LineSettings.HOST).toLowerCase(Locale.ROOT);
    return Optional.of(new Endpoint("tcp " + host + ":" + bus.get(LineSettings.PORT), false));
  }

  @Override
  public Driver create(Settings bus) throws InvalidSettingException {
    return new LineDriver(
        new LineLink(
            bus.get(LineSettings.HOST),
            bus.get(LineSettings.PORT),
            bus.get(LineSettings.TIMEOUT)));
  }
}
