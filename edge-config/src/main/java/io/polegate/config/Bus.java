package io.polegate.config;

import io.polegate.api.driver.Driver;
import io.polegate.api.driver.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A bus of the document while its devices are checked.
 *
 * @param plugin whether its driver is a plugin or is not there, so that the bus may be left out
 * @param findings what is wrong with it and its devices
 * @param driverName as it is written
 * @param vocabulary empty if the driver is unknown
 * @param driver never opened, only asked about addresses; empty if the bus is wrong
 * @param endpoint what it occupies; empty if nothing or the bus is wrong
 * @param units devices by the unit that they answer to, of all buses with this driver and endpoint
 * @param demands what its devices ask of it, filled while they are read
 */
record Bus(
    String id,
    String driverName,
    boolean plugin,
    Section section,
    Findings findings,
    Optional<Vocabulary> vocabulary,
    Optional<Driver> driver,
    Optional<Endpoint> endpoint,
    Map<String, Unit> units,
    List<Demand> demands) {

  /** Who answers to a unit. */
  record Unit(String bus, String device) {}

  /** Without devices. */
  static Bus of(
      Child child,
      boolean plugin,
      Section section,
      Findings findings,
      Optional<Vocabulary> vocabulary,
      Optional<Driver> driver,
      Optional<Endpoint> endpoint,
      Map<String, Unit> units) {
    return new Bus(
        child.id(),
        child.text(Keys.DRIVER.key()),
        plugin,
        section,
        findings,
        vocabulary,
        driver,
        endpoint,
        units,
        new ArrayList<>());
  }

  /** What shares its time: the name of its endpoint, or of itself. */
  String end() {
    return endpoint.map(end -> "endpoint " + end.name()).orElse("bus " + id);
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
