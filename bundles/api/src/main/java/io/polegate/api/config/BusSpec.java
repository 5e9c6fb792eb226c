package io.polegate.api.config;

import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * One endpoint.
 *
 * @param id {@code [a-z0-9-]{1,64}}
 * @param driver name of the driver factory
 * @param retryLimit longest pause between two tries to reach a device that is silent, or the
 *     endpoint when it is down
 * @param settings the driver's own
 * @param problem why this bus cannot be worked, for a person: its plugin is not there, or is there
 *     and refuses what is written. Such a bus has no devices and is shown, not started. Empty when
 *     all is well
 */
public record BusSpec(
    String id, String driver, Duration retryLimit, Settings settings, Optional<String> problem) {

  /** A bus that can be worked. */
  public BusSpec(String id, String driver, Duration retryLimit, Settings settings) {
    this(id, driver, retryLimit, settings, Optional.empty());
  }
}
