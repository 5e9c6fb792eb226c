package io.polegate.plugins;

import java.util.List;
import org.osgi.framework.Bundle;

/**
 * A plugin that runs.
 *
 * @param drivers names of the drivers that it offers
 */
record Plugin(PluginJar jar, Bundle bundle, List<String> drivers) {
  Plugin {
    drivers = List.copyOf(drivers);
  }
}
