package io.polegate.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What buses at one endpoint may do to each other. Stateless. */
final class Endpoints {
  private Endpoints() {}

  /** Reports second buses at endpoints that are not to be shared, and plans that cannot work. */
  static List<Load> check(Collection<Bus> buses) {
    Map<String, List<Bus>> byEnd = new LinkedHashMap<>();
    for (Bus bus : buses) {
      byEnd.computeIfAbsent(bus.end(), end -> new ArrayList<>()).add(bus);
    }
    List<Load> loads = new ArrayList<>();
    for (List<Bus> together : byEnd.values()) {
      checkShared(together);
      checkLoad(together, loads);
    }
    return loads;
  }

  /** Whoever may be left out has to yield, so that no plugin keeps the rest from working. */
  private static void checkShared(List<Bus> together) {
    List<Bus> owners = new ArrayList<>();
    together.stream().filter(bus -> !bus.plugin()).forEach(owners::add);
    together.stream().filter(Bus::plugin).forEach(owners::add);
    if (together.stream().allMatch(bus -> bus.endpoint().map(end -> end.shared()).orElse(true))) {
      return;
    }
    for (Bus late : owners.subList(1, owners.size())) {
      late.section()
          .report(
              "",
              "bus "
                  + Findings.quote(owners.get(0).id())
                  + " is at the same end ("
                  + late.endpoint().map(end -> end.name()).orElse("")
                  + "): put the devices of both on one bus");
    }
  }

  private static void checkLoad(List<Bus> together, List<Load> loads) {
    List<Demand> demands = together.stream().flatMap(bus -> bus.demands().stream()).toList();
    if (demands.isEmpty()) {
      return;
    }
    Load load = new Load(together.stream().map(Bus::id).toList(), demands);
    loads.add(load);
    if (load.share() > 1) {
      together.stream()
          .filter(Bus::plugin)
          .findFirst()
          .orElse(together.get(0))
          .section()
          .report("", load.complaint());
    }
  }
}
