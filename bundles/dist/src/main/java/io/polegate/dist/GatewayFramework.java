package io.polegate.dist;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An OSGi framework with the bundles of some folders. */
final class GatewayFramework {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayFramework.class);
  private static final long SECONDS_TO_COME_UP = 30;
  private static final long SECONDS_TO_STOP = 20;

  private final Framework framework;

  private GatewayFramework(Framework framework) {
    this.framework = framework;
  }

  /**
   * Starts the bundles in {@code folders}; one that does not start is logged and left out.
   *
   * @param cache an empty folder
   * @param properties for the bundles
   */
  static GatewayFramework start(Path cache, Map<String, String> properties, List<Path> folders)
      throws BundleException, IOException {
    Map<String, String> all = new HashMap<>(properties);
    all.put(Constants.FRAMEWORK_STORAGE, cache.toString());
    // two versions of a plugin are there for a moment, while the new one takes over
    all.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
    all.put(
        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
        "org.slf4j;version=2.0.17,org.slf4j.event;version=2.0.17,"
            + "org.slf4j.helpers;version=2.0.17,org.slf4j.spi;version=2.0.17"
            + properties.getOrDefault("polegate.extra-packages", ""));
    Framework framework =
        ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow().newFramework(all);
    framework.start();
    List<Bundle> bundles = new ArrayList<>();
    for (Path folder : folders) {
      install(folder, framework.getBundleContext(), bundles);
    }
    bundles.forEach(GatewayFramework::start);
    return new GatewayFramework(framework);
  }

  private static void install(Path folder, BundleContext context, List<Bundle> into)
      throws IOException {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
      found.forEach(jars::add);
    }
    Collections.sort(jars);
    for (Path jar : jars) {
      try {
        // by reference: nothing is copied, so nothing wears the flash
        into.add(context.installBundle("reference:" + jar.toUri()));
      } catch (BundleException e) {
        LOG.error("bundle \"{}\" is left out", jar.getFileName(), e);
      }
    }
  }

  private static void start(Bundle bundle) {
    try {
      if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
        bundle.start();
      }
    } catch (BundleException e) {
      LOG.error("bundle \"{}\" does not start", bundle.getSymbolicName(), e);
    }
  }

  Framework framework() {
    return framework;
  }

  /**
   * Calls what the configuration bundle offers to the command line: {@code check FILE} or {@code
   * run}.
   *
   * @return its exit code
   * @throws IllegalStateException if nothing offers it
   */
  int call(String... words) throws InterruptedException {
    try {
      ServiceTracker<ToIntFunction<String[]>, ToIntFunction<String[]>> tracker =
          new ServiceTracker<>(
              framework.getBundleContext(),
              FrameworkUtil.createFilter("(polegate.entry=true)"),
              null);
      tracker.open();
      ToIntFunction<String[]> entry =
          tracker.waitForService(TimeUnit.SECONDS.toMillis(SECONDS_TO_COME_UP));
      if (entry == null) {
        throw new IllegalStateException("the configuration bundle did not come up");
      }
      return entry.applyAsInt(words);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stops all bundles, in the reverse order of their start. */
  void stop() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(TimeUnit.SECONDS.toMillis(SECONDS_TO_STOP));
  }
}
