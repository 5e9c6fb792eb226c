package io.polegate.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.data.Value;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.journal.JournalItem;
import io.polegate.testkit.HandPoleClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** A real framework with Declarative Services and a folder that is looked at on demand. */
final class FelixRig implements AutoCloseable {
  private static final String API =
      Stream.of("command", "config", "data", "driver", "journal", "settings")
          .map(name -> ",io.polegate.api." + name + ";version=0.1.0")
          .reduce("", String::concat);
  private static final String COMPONENTS =
      "org.osgi.service.component;version=1.5.1,org.osgi.service.component.runtime;version=1.5.1,"
          + "org.osgi.service.component.runtime.dto;version=1.5.1,"
          + "org.osgi.util.promise;version=1.3.0,org.osgi.util.function;version=1.2.0";

  final Path folder;
  final List<JournalItem.Event> events = new ArrayList<>();
  final Framework framework;
  private final Watch watch;

  FelixRig(Path root) throws Exception {
    folder = root.resolve("plugins");
    Map<String, String> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, root.resolve("cache").toString());
    properties.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
    properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, COMPONENTS + API);
    framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(properties);
    framework.start();
    Class<?> scr = Class.forName("org.apache.felix.scr.impl.Activator");
    context()
        .installBundle(scr.getProtectionDomain().getCodeSource().getLocation().toString())
        .start();
    ServiceReference<ServiceComponentRuntime> components =
        context().getServiceReference(ServiceComponentRuntime.class);
    Services services = new Services(context(), context().getService(components));
    watch =
        new Watch(
            folder,
            new PluginBundles(context(), services),
            new Notices(item -> events.add((JournalItem.Event) item), HandPoleClock.system()::now));
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  Path file(String name) throws IOException {
    Files.createDirectories(folder);
    return folder.resolve(name);
  }

  void look() throws IOException {
    watch.look();
  }

  /** Names of all drivers that can be had. */
  List<String> drivers() throws Exception {
    List<String> names = new ArrayList<>();
    for (ServiceReference<DriverFactory> reference :
        context().getServiceReferences(DriverFactory.class, null)) {
      names.add(context().getService(reference).name());
      context().ungetService(reference);
    }
    return names;
  }

  /** Types of the events, in order. */
  List<String> told() {
    return events.stream().map(JournalItem.Event::type).toList();
  }

  /** Why the last refused file was refused. */
  String reason() {
    JournalItem.Event last = events.get(events.size() - 1);
    assertThat(last.type()).isEqualTo("plugin-refused");
    return ((Value.Text) Objects.requireNonNull(last.attributes().get("reason"))).value();
  }

  @Override
  public void close() throws BundleException {
    framework.stop();
    try {
      framework.waitForStop(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
