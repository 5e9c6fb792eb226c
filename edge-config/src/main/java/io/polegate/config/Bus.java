package io.polegate.config;

import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A bus of the document while its devices are checked.
 *
 * @param factory empty if the driver is unknown
 * @param driver never opened, only asked about addresses; empty if the bus is wrong
 * @param units ids of the devices on this bus by the unit that they answer to
 */
record Bus(
    Section section,
    Optional<DriverFactory> factory,
    Optional<Driver> driver,
    Map<String, String> units) {

  /** Without devices. */
  static Bus of(Section section, Optional<DriverFactory> factory, Optional<Driver> driver) {
    return new Bus(section, factory, driver, new HashMap<>());
  }

  /** Gives the driver back. */
  void close() {
    driver.ifPresent(
        open ->
            section.ask(
                () -> {
                  open.close();
                  return true;
                },
                section));
  }
}
