package io.polegate.config;

import io.polegate.api.config.BusSpec;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code buses}. Used once, by one thread. */
final class BusReader {
  private final Plugins plugins;
  private final Findings findings;
  private final Map<String, Bus> buses = new LinkedHashMap<>();
  private final Map<String, String> endpoints = new HashMap<>();

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
      specs.add(read(child.id(), child.section(Set.of(), findings)));
    }
    return specs;
  }

  private BusSpec read(String id, Section section) {
    String name = section.value(Keys.DRIVER).orElse("");
    Optional<DriverFactory> factory = Optional.ofNullable(plugins.drivers().get(name));
    Settings settings = Settings.NONE;
    Optional<Driver> driver = Optional.empty();
    if (factory.isPresent()) {
      Schema schema = factory.get().busSettings();
      section.checkAll(Keys.OF_BUS, schema);
      settings = section.settings(schema);
      driver = create(factory.get(), section, schema);
      checkEndpoint(id, name, section, schema);
    } else {
      section.checkOnly(Keys.OF_BUS);
      if (!name.isEmpty()) {
        section.reportUnknown(Keys.DRIVER.key(), "driver", name, plugins.drivers().keySet());
      }
    }
    buses.put(id, Bus.of(section, factory, driver));
    return new BusSpec(id, name, section.value(Keys.RETRY_LIMIT).orElse(Duration.ZERO), settings);
  }

  /**
   * A driver to ask about addresses, even if some setting of the bus is wrong and its default must
   * do.
   */
  private static Optional<Driver> create(DriverFactory factory, Section section, Schema schema) {
    Settings right = section.rightSettings(schema);
    return schema.check(right).isEmpty()
        ? section.ask(() -> factory.create(right), section)
        : Optional.empty();
  }

  /** Two buses of one kind at one end would disturb each other. */
  private void checkEndpoint(String id, String driver, Section section, Schema schema) {
    String host = section.value("host", schema).orElse("").toLowerCase(Locale.ROOT);
    String port = section.value("port", schema).orElse("");
    if (host.isEmpty() && port.isEmpty()) {
      return;
    }
    String first = endpoints.putIfAbsent(driver + " " + host + " " + port, id);
    if (first != null) {
      section.report(
          host.isEmpty() ? "port" : "host",
          "bus "
              + Findings.quote(first)
              + " is at the same end: put the devices of both on one bus");
    }
  }
}
