package io.polegate.config;

import io.polegate.api.config.ConfigurationTarget;
import io.polegate.api.config.UplinkFormat;
import io.polegate.api.driver.DriverFactory;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers the {@link Commands} to the launcher, which shares only types of the Java platform with
 * bundles. Drivers, formats and targets may come and go at any time. Thread-safe.
 */
@Component(immediate = true, service = ToIntFunction.class, property = "polegate.entry=true")
public final class CommandService implements ToIntFunction<String[]> {
  private static final Logger LOG = LoggerFactory.getLogger(CommandService.class);

  /** Bundles that came from the plugins folder have a location that starts so. */
  private static final String PLUGIN = "plugin:";

  /** Whoever writes a file writes more of it within this time. */
  private static final long WRITING_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final List<Plugins.Offered> drivers = new CopyOnWriteArrayList<>();
  private final List<UplinkFormat> formats = new CopyOnWriteArrayList<>();
  private final Targets targets = new Targets();
  private final DocumentInForce document;
  private final Commands commands;
  private final BooleanSupplier ending;

  /** Prints to the standard streams of the process; these are the outside interface. */
  @Activate
  public CommandService(BundleContext bundle) {
    this(
        new PrintStream(System.out, true, StandardCharsets.UTF_8),
        new PrintStream(System.err, true, StandardCharsets.UTF_8),
        Optional.ofNullable(bundle.getProperty("polegate.config")),
        () -> bundle.getBundle(0).getState() == Bundle.STOPPING);
  }

  CommandService(
      PrintStream out, PrintStream err, Optional<String> folder, BooleanSupplier ending) {
    this.ending = ending;
    this.document =
        new DocumentInForce(
            this::plugins, targets::apply, () -> LockSupport.parkNanos(this, WRITING_NANOS));
    this.commands = new Commands(out, err, folder, this::plugins, document);
  }

  private Plugins plugins() {
    return Plugins.of(drivers, formats);
  }

  @Override
  public int applyAsInt(String[] arguments) {
    return commands.call(arguments);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindDriver(DriverFactory driver, ServiceReference<DriverFactory> reference) {
    Bundle owner = reference.getBundle();
    addDriver(driver, owner != null && owner.getLocation().startsWith(PLUGIN));
  }

  void unbindDriver(DriverFactory driver) {
    removeDriver(driver);
  }

  void addDriver(DriverFactory driver, boolean plugin) {
    try {
      drivers.add(new Plugins.Offered(driver.name(), driver, plugin));
    } catch (RuntimeException | Error e) {
      LOG.error("a driver without a name is left out: \"{}\"", driver.getClass().getName(), e);
      return;
    }
    driversChanged();
  }

  void removeDriver(DriverFactory driver) {
    drivers.removeIf(offered -> offered.factory() == driver);
    driversChanged();
  }

  /** At the end drivers go one after the other, and nobody wants to hear of it. */
  private void driversChanged() {
    if (!ending.getAsBoolean()) {
      document.driversChanged();
    }
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addFormat(UplinkFormat format) {
    formats.add(format);
  }

  void removeFormat(UplinkFormat format) {
    formats.remove(format);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addTarget(ConfigurationTarget target, Map<String, ?> properties) {
    targets.add(target, properties);
  }

  void removeTarget(ConfigurationTarget target) {
    targets.remove(target);
  }
}
