package io.polegate.config;

import io.polegate.api.config.ConnectionSpec;
import io.polegate.api.config.UplinkFormat;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code cloud}. Used once, by one thread. */
final class ConnectionReader {
  private final Plugins plugins;
  private final Findings findings;
  private final Map<String, String> claims = new HashMap<>();

  ConnectionReader(Plugins plugins, Findings findings) {
    this.plugins = plugins;
    this.findings = findings;
  }

  List<ConnectionSpec> read(Node node) {
    List<ConnectionSpec> specs = new ArrayList<>();
    for (Child child : Child.of(node, Child.Kind.CONNECTION, findings)) {
      if (SecretReferences.lacksOne(child.table())) {
        // said by the check; at run the others go on without it
        read(child.id(), child.section(Set.of(), findings.part()));
      } else {
        specs.add(read(child.id(), child.section(Set.of(), findings)));
      }
    }
    return specs;
  }

  private ConnectionSpec read(String id, Section section) {
    String name = section.value(Keys.FORMAT).orElse("");
    UplinkFormat format = plugins.formats().get(name);
    if (format == null) {
      section.checkOnly(Keys.OF_CONNECTION);
      if (!name.isEmpty()) {
        section.reportUnknown(Keys.FORMAT.key(), "format", name, plugins.formats().keySet());
      }
      return new ConnectionSpec(id, name, Settings.NONE);
    }
    Schema schema = format.settings();
    section.checkAll(Keys.OF_CONNECTION, schema);
    Settings settings = section.settings(schema);
    if (section.fits(schema)) {
      section.ask(
          () -> {
            format.check(settings);
            claim(id, format.claims(settings), section);
            return true;
          },
          section);
    }
    return new ConnectionSpec(id, name, settings);
  }

  private void claim(String id, Set<String> wanted, Section section) {
    for (String what : wanted) {
      String owner = claims.putIfAbsent(what, id);
      if (owner != null) {
        section.report(
            "",
            "has %s, and so has connection %s: use one connection, or another broker"
                .formatted(what, Findings.quote(owner)));
        return;
      }
    }
  }
}
