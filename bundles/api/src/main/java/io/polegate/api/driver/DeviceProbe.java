package io.polegate.api.driver;

import io.polegate.api.settings.Settings;
import java.util.Optional;

/** Optional capability of a {@link Driver}: asks whether a device is there at all. */
public interface DeviceProbe {

  /**
   * Asks once, with a request that changes nothing. Thread rule of {@link Driver#read}.
   *
   * @param device settings as declared by {@link DriverFactory#deviceSettings()}
   * @return what answered, one line for a person; empty if nothing did
   * @throws EndpointDownException if the endpoint is gone
   */
  Optional<String> probe(Settings device) throws DriverException;
}
