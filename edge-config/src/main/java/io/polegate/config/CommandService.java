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
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Offers the {@link Commands} to the launcher, which shares only types of the Java platform with
 * bundles. Drivers, formats and targets may come and go at any time. Thread-safe.
 */
@Component(immediate = true, service = ToIntFunction.class, property = "polegate.entry=true")
public final class CommandService implements ToIntFunction<String[]> {
  private final List<DriverFactory> drivers = new CopyOnWriteArrayList<>();
  private final List<UplinkFormat> formats = new CopyOnWriteArrayList<>();
  private final Targets targets = new Targets();
  private final Commands commands;

  /** Prints to the standard streams of the process; these are the outside interface. */
  @Activate
  public CommandService(BundleContext bundle) {
    this(
        new PrintStream(System.out, true, StandardCharsets.UTF_8),
        new PrintStream(System.err, true, StandardCharsets.UTF_8),
        Optional.ofNullable(bundle.getProperty("polegate.config")));
  }

  CommandService(PrintStream out, PrintStream err, Optional<String> folder) {
    this.commands =
        new Commands(out, err, folder, () -> Plugins.of(drivers, formats), targets::apply);
  }

  @Override
  public int applyAsInt(String[] arguments) {
    return commands.call(arguments);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addDriver(DriverFactory driver) {
    drivers.add(driver);
  }

  void removeDriver(DriverFactory driver) {
    drivers.remove(driver);
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
