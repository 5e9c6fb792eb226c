package io.polegate.plugins;

import io.polegate.api.data.SampleTime;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log and the platform what became of a file, once. Thread-safe. */
final class Notices {
  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
  private final Consumer<JournalItem> journal;
  private final Supplier<SampleTime> clock;

  Notices(Consumer<JournalItem> journal, Supplier<SampleTime> clock) {
    this.journal = journal;
    this.clock = clock;
  }

  void started(Plugin plugin) {
    PluginJar jar = plugin.jar();
    String drivers = String.join(", ", plugin.drivers());
    LOG.info(
        "plugin \"{}\" is started: {} {}, {}",
        jar.file().getFileName(),
        jar.symbolicName(),
        jar.version(),
        drivers.isEmpty() ? "which offers no driver" : "driver " + drivers);
    event("plugin-started", jar.file(), about(plugin, drivers));
  }

  void removed(Plugin plugin) {
    LOG.info("plugin \"{}\" is removed", plugin.jar().file().getFileName());
    event(
        "plugin-removed", plugin.jar().file(), about(plugin, String.join(", ", plugin.drivers())));
  }

  void refused(Path file, String reason) {
    LOG.warn("plugin \"{}\" is refused: {}", file.getFileName(), reason);
    event("plugin-refused", file, Map.of("reason", reason));
  }

  private static Map<String, String> about(Plugin plugin, String drivers) {
    return Map.of(
        "name", plugin.jar().symbolicName(),
        "version", plugin.jar().version().toString(),
        "drivers", drivers);
  }

  private void event(String type, Path file, Map<String, String> more) {
    Map<String, Value> attributes = new HashMap<>();
    attributes.put("file", new Value.Text(String.valueOf(file.getFileName())));
    more.forEach((key, text) -> attributes.put(key, new Value.Text(text)));
    journal.accept(new JournalItem.Event(Lane.STATE, clock.get(), type, attributes));
  }
}
