package io.polegate.driver.opcua;

import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Endpoint;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Settings;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * OPC UA client: {@code driver: opcua}. Nothing of Milo is loaded before the first {@link #create}.
 * Thread-safe.
 */
@Component
public final class OpcUa implements DriverFactory {
  private final Pki pki;

  /**
   * Keeps certificates in the folder {@code opcua} of the framework property {@code polegate.data};
   * without that property, as in a check of a document, no secure connection can be opened.
   */
  @Activate
  public OpcUa(BundleContext context) {
    this(Optional.ofNullable(context.getProperty("polegate.data")).map(Path::of));
  }

  /** Keeps certificates in the folder {@code opcua} of {@code data}. No I/O. */
  OpcUa(Optional<Path> data) {
    this.pki = new Pki(data.map(folder -> folder.resolve("opcua")));
  }

  @Override
  public String name() {
    return "opcua";
  }

  @Override
  public Schema busSettings() {
    return OpcUaSettings.BUS;
  }

  @Override
  public Schema deviceSettings() {
    return OpcUaSettings.DEVICE;
  }

  @Override
  public Schema pointSettings() {
    return OpcUaSettings.POINT;
  }

  @Override
  public Optional<Endpoint> endpoint(Settings bus) throws InvalidSettingException {
    return Optional.of(new Endpoint("opcua " + bus.get(OpcUaSettings.ENDPOINT).text(), false));
  }

  @Override
  public Driver create(Settings bus) throws InvalidSettingException {
    return new OpcUaDriver(OpcUaBus.of(bus), pki);
  }
}
