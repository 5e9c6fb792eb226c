package io.polegate.core;

import io.polegate.api.driver.DriverFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The drivers that are installed. Of two with one name the one that came first counts, so that a
 * plugin with a name that is taken disturbs nobody, neither when it comes nor when it goes. Not
 * thread-safe.
 */
final class Factories {
  private final Map<String, List<DriverFactory>> byName = new HashMap<>();

  void add(DriverFactory factory) {
    byName.computeIfAbsent(factory.name(), name -> new ArrayList<>()).add(factory);
  }

  /** Does not ask it for its name: what goes need not answer any more. */
  void remove(DriverFactory factory) {
    byName.values().forEach(list -> list.removeIf(there -> there == factory));
    byName.values().removeIf(List::isEmpty);
  }

  @Nullable DriverFactory find(String name) {
    List<DriverFactory> found = byName.get(name);
    return found == null ? null : found.get(0);
  }
}
