package io.polegate.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins that run, as bundles. A new version is installed beside the one that runs and takes
 * over only when it resolves; when it then fails, the old one is started again. Not thread-safe.
 */
final class PluginBundles {
  /** Locations of the bundles start so; the rest of the gateway knows plugins by it. */
  static final String LOCATION = "plugin:";

  private static final Logger LOG = LoggerFactory.getLogger(PluginBundles.class);
  private static final long SECONDS_TO_REFRESH = 10;
  private final BundleContext context;
  private final FrameworkWiring wiring;
  private final Services services;
  private final Map<Path, Plugin> plugins = new HashMap<>();
  private long installed;

  PluginBundles(BundleContext context, Services services) {
    this.context = context;
    this.wiring = context.getBundle(0).adapt(FrameworkWiring.class);
    this.services = services;
  }

  /** Removes what an earlier life of this bundle may have left behind. */
  void clean() {
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getLocation().startsWith(LOCATION)) {
        uninstall(bundle);
      }
    }
  }

  /**
   * Starts a plugin, in the place of the version that came from the same file before.
   *
   * @throws RefusedException if it cannot be; what ran before goes on
   */
  Plugin start(PluginJar jar) throws RefusedException {
    Plugin before = plugins.get(jar.file());
    checkName(jar, before);
    Bundle bundle = install(jar);
    try {
      if (!wiring.resolveBundles(List.of(bundle))) {
        throw new RefusedException(MissingParts.of(bundle, context));
      }
      Plugin plugin = new Plugin(jar, bundle, takeOver(bundle, before));
      plugins.put(jar.file(), plugin);
      if (before != null) {
        uninstall(before.bundle());
      }
      return plugin;
    } catch (RefusedException e) {
      uninstall(bundle);
      throw e;
    }
  }

  /** Whether a plugin that came from a file runs. */
  boolean isRunning(Path file) {
    return plugins.containsKey(file);
  }

  /** Ends the plugin that came from a file; empty if none did. */
  Optional<Plugin> remove(Path file) {
    Optional<Plugin> removed = Optional.ofNullable(plugins.remove(file));
    removed.ifPresent(plugin -> uninstall(plugin.bundle()));
    return removed;
  }

  private void checkName(PluginJar jar, @Nullable Plugin before) throws RefusedException {
    for (Bundle bundle : context.getBundles()) {
      boolean same = jar.symbolicName().equals(bundle.getSymbolicName());
      if (same && (before == null || !bundle.equals(before.bundle()))) {
        throw new RefusedException(
            bundle.getLocation().startsWith(LOCATION)
                ? "is the same plugin as " + fileOf(bundle) + ": remove one of the two files"
                : "has the Bundle-SymbolicName "
                    + jar.symbolicName()
                    + ", which is a part of the gateway: choose another");
      }
    }
  }

  private String fileOf(Bundle bundle) {
    return plugins.values().stream()
        .filter(plugin -> plugin.bundle().equals(bundle))
        .map(plugin -> String.valueOf(plugin.jar().file().getFileName()))
        .findFirst()
        .orElse(bundle.getLocation());
  }

  private Bundle install(PluginJar jar) throws RefusedException {
    // copied by the framework: the file may be overwritten while the plugin runs
    try (InputStream content = Files.newInputStream(jar.file())) {
      return context.installBundle(
          LOCATION + jar.file().getFileName() + "#" + ++installed, content);
    } catch (BundleException | IOException e) {
      throw new RefusedException("cannot be installed (" + inWords(e) + ")", e);
    }
  }

  private List<String> takeOver(Bundle bundle, @Nullable Plugin before) throws RefusedException {
    if (before != null) {
      stop(before.bundle());
    }
    try {
      bundle.start();
      return services.driversOf(bundle);
    } catch (BundleException e) {
      startAgain(before, bundle);
      throw new RefusedException("does not start (" + inWords(e) + "): report it to its maker", e);
    } catch (RefusedException e) {
      startAgain(before, bundle);
      throw e;
    }
  }

  private static void startAgain(@Nullable Plugin before, Bundle failed) {
    stop(failed);
    if (before == null) {
      return;
    }
    try {
      before.bundle().start();
    } catch (BundleException e) {
      LOG.error("plugin \"{}\" does not start again", before.jar().symbolicName(), e);
    }
  }

  private static void stop(Bundle bundle) {
    try {
      bundle.stop();
    } catch (BundleException e) { // it is stopped all the same
      LOG.warn("plugin \"{}\" failed while it was stopped", bundle.getSymbolicName(), e);
    }
  }

  private void uninstall(Bundle bundle) {
    CountDownLatch refreshed = new CountDownLatch(1);
    try {
      bundle.uninstall();
      wiring.refreshBundles(List.of(bundle), event -> refreshed.countDown());
      if (!refreshed.await(SECONDS_TO_REFRESH, TimeUnit.SECONDS)) {
        LOG.error("plugin \"{}\" is still in use", bundle.getSymbolicName());
      }
    } catch (BundleException e) {
      LOG.error("plugin \"{}\" cannot be removed", bundle.getSymbolicName(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The innermost cause: what the plugin itself had to say. */
  private static String inWords(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause).lines().findFirst().orElse("");
  }
}
