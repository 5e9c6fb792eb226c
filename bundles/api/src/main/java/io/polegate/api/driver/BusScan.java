package io.polegate.api.driver;

import io.polegate.api.settings.Settings;
import java.util.List;

/** Optional capability of a {@link Driver}: looks for devices that nobody configured. */
public interface BusScan {

  /** Device settings worth trying on this endpoint, the likeliest first. */
  List<Settings> candidates();

  /**
   * Asks whether a device answers under these settings; bounded by the driver's time-out. The
   * caller loops over the candidates, so a scan can be stopped between any two.
   *
   * @throws EndpointDownException if the endpoint is gone
   */
  boolean answers(Settings device) throws DriverException;
}
