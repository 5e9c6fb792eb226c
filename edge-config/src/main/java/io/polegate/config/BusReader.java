package io.polegate.config;

import io.polegate.api.config.BusSpec;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Endpoint;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code buses}. Used once, by one thread. */
final class BusReader {
  private final Plugins plugins;
  private final Findings findings;
  private final Map<String, Bus> buses = new LinkedHashMap<>();
  private final Map<String, Map<String, Bus.Unit>> unitsByEnd = new HashMap<>();

  BusReader(Plugins plugins, Findings findings) {
    this.plugins = plugins;
    this.findings = findings;
  }

  /** Every bus, whether right or wrong, by id; to be closed. */
  Map<String, Bus> buses() {
    return buses;
  }

  List<BusSpec> read(Node node) {
    List<BusSpec> specs = new ArrayList<>();
    for (Child child : Child.of(node, Child.Kind.BUS, findings)) {
      specs.add(read(child));
    }
    return specs;
  }

  private BusSpec read(Child child) {
    String name = child.text(Keys.DRIVER.key());
    Optional<Plugins.Offered> offered = Optional.ofNullable(plugins.drivers().get(name));
    // a driver that is not there may be a plugin that is still to come
    boolean plugin =
        offered.map(Plugins.Offered::plugin).orElse(!name.isBlank())
            || SecretReferences.lacksOne(child.table());
    Findings own = plugin ? findings.part() : findings;
    Section section = child.section(Set.of(), own);
    Optional<Vocabulary> vocabulary =
        offered.flatMap(o -> section.ask(() -> Vocabulary.of(o.factory()), section));
    Settings settings = Settings.NONE;
    Optional<Driver> driver = Optional.empty();
    Optional<Endpoint> endpoint = Optional.empty();
    if (offered.isPresent() && vocabulary.isPresent()) {
      Schema schema = vocabulary.get().bus();
      section.checkAll(Keys.OF_BUS, schema);
      settings = section.settings(schema);
      Settings right = section.rightSettings(schema);
      driver = create(offered.get().factory(), schema, right, section);
      endpoint = driver.flatMap(d -> endpoint(offered.get().factory(), right, section));
    } else {
      section.checkOnly(Keys.OF_BUS);
      if (offered.isEmpty() && section.value(Keys.DRIVER).isPresent()) {
        String none = Nearest.none("driver", name, plugins.drivers().keySet());
        section.report(Keys.DRIVER.key(), none + ", or install the plugin that has it");
      }
    }
    Map<String, Bus.Unit> units = units(child.id(), name, endpoint);
    Bus bus = Bus.of(child, plugin, section, own, vocabulary, driver, endpoint, units);
    buses.put(child.id(), bus);
    return new BusSpec(
        child.id(), name, section.value(Keys.RETRY_LIMIT).orElse(Duration.ZERO), settings);
  }

  /**
   * A driver to ask about addresses, even if some setting of the bus is wrong and its default must
   * do.
   */
  private static Optional<Driver> create(
      DriverFactory factory, Schema schema, Settings right, Section section) {
    return schema.check(right).isEmpty()
        ? section.ask(() -> factory.create(right), section)
        : Optional.empty();
  }

  private static Optional<Endpoint> endpoint(
      DriverFactory factory, Settings right, Section section) {
    return section.ask(() -> factory.endpoint(right), section).flatMap(end -> end);
  }

  private Map<String, Bus.Unit> units(String id, String driver, Optional<Endpoint> endpoint) {
    String end = endpoint.map(e -> driver + " at " + e.name()).orElse("bus " + id);
    return unitsByEnd.computeIfAbsent(end, key -> new HashMap<>());
  }
}
