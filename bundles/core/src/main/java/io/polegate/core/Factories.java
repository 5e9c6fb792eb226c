package io.polegate.core;

import io.polegate.api.driver.DriverFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The drivers that are installed. Of two with one name the one that came first counts, so that a
 * plugin with a name that is taken disturbs nobody, neither when it comes nor when it goes.
 * Thread-safe.
 */
final class Factories {
  private final Map<String, List<DriverFactory>> byName = new TreeMap<>();

  synchronized void add(DriverFactory factory) {
    byName.computeIfAbsent(factory.name(), name -> new ArrayList<>()).add(factory);
  }

  /** Does not ask it for its name: what goes need not answer any more. */
  synchronized void remove(DriverFactory factory) {
    byName.values().forEach(list -> list.removeIf(there -> there == factory));
    byName.values().removeIf(List::isEmpty);
  }

  synchronized Optional<DriverFactory> find(String name) {
    return Optional.ofNullable(byName.get(name)).map(found -> found.get(0));
  }

  /** In alphabetical order. */
  synchronized List<String> names() {
    return List.copyOf(byName.keySet());
  }
}
