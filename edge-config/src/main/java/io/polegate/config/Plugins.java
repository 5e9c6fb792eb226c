package io.polegate.config;

import io.polegate.api.config.UplinkFormat;
import io.polegate.api.driver.DriverFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What documents may name. Immutable.
 *
 * @param drivers by name
 * @param formats by name
 */
record Plugins(Map<String, Offered> drivers, Map<String, UplinkFormat> formats) {
  Plugins {
    drivers = Map.copyOf(drivers);
    formats = Map.copyOf(formats);
  }

  /**
   * A driver.
   *
   * @param name asked for once, when it came
   * @param plugin whether it was put into the plugins folder, so that it may go at any time, and
   *     may come back as another version
   */
  record Offered(String name, DriverFactory factory, boolean plugin) {}

  /** Of two with the same name, the first one counts. */
  static Plugins of(List<Offered> drivers, List<UplinkFormat> formats) {
    Map<String, Offered> driversByName = new TreeMap<>();
    drivers.forEach(driver -> driversByName.putIfAbsent(driver.name(), driver));
    Map<String, UplinkFormat> formatsByName = new TreeMap<>();
    formats.forEach(format -> formatsByName.putIfAbsent(format.name(), format));
    return new Plugins(driversByName, formatsByName);
  }
}
