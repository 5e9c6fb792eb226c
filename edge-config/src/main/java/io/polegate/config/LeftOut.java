package io.polegate.config;

import io.polegate.api.config.BusSpec;
import io.polegate.api.config.DeviceSpec;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Buses that cannot be worked at this moment, while all others can.
 *
 * @param problems the first of each, by id of the bus
 */
record LeftOut(Map<String, String> problems) {
  LeftOut {
    problems = Map.copyOf(problems);
  }

  static LeftOut of(Collection<Bus> buses) {
    Map<String, String> problems = new HashMap<>();
    for (Bus bus : buses) {
      if (bus.plugin()) {
        bus.findings().first().ifPresent(problem -> problems.put(bus.id(), problem.message()));
      }
    }
    return new LeftOut(problems);
  }

  /** The same buses; those that are left out say why. */
  List<BusSpec> mark(List<BusSpec> buses) {
    return buses.stream()
        .map(
            bus ->
                new BusSpec(
                    bus.id(),
                    bus.driver(),
                    bus.retryLimit(),
                    bus.settings(),
                    Optional.ofNullable(problems.get(bus.id()))))
        .toList();
  }

  /** The devices on the other buses. */
  List<DeviceSpec> remove(List<DeviceSpec> devices) {
    return devices.stream().filter(device -> !problems.containsKey(device.bus())).toList();
  }
}
