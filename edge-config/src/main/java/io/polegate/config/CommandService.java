package io.polegate.config;

import io.polegate.api.config.Configuration;
import io.polegate.api.config.ConfigurationTarget;
import io.polegate.api.config.SecretStore;
import io.polegate.api.config.UplinkFormat;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.journal.JournalWriter;
import io.polegate.api.live.LiveView;
import io.polegate.api.live.UplinkView;
import io.polegate.api.time.PoleClock;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
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

  private final List<Plugins.Offered> drivers = new CopyOnWriteArrayList<>();
  private final List<UplinkFormat> formats = new CopyOnWriteArrayList<>();
  private final Targets targets = new Targets();
  private final Contact contact = new Contact();
  private final Events events = new Events();
  private final TimerThread timer = new TimerThread();
  private final Gateway gateway;
  private final Commands commands;
  private final BooleanSupplier ending;

  /** Prints to the standard streams of the process; these are the outside interface. */
  @Activate
  public CommandService(BundleContext bundle) {
    this(
        new Commands.Streams(
            System.in,
            new PrintStream(System.out, true, StandardCharsets.UTF_8),
            new PrintStream(System.err, true, StandardCharsets.UTF_8)),
        new Gateway.Folders(
            Optional.ofNullable(bundle.getProperty("polegate.config")).map(Path::of),
            Optional.ofNullable(bundle.getProperty("polegate.data")).map(Path::of),
            Path.of("/"),
            System.getenv()),
        () -> bundle.getBundle(0).getState() == Bundle.STOPPING,
        (configuration, secrets) -> {
          // the framework takes them back with the bundle
          bundle.registerService(Configuration.class, configuration, null);
          bundle.registerService(SecretStore.class, secrets, null);
        });
  }

  CommandService(
      Commands.Streams streams,
      Gateway.Folders folders,
      BooleanSupplier ending,
      BiConsumer<Configuration, SecretStore> offer) {
    this.ending = ending;
    BiConsumer<Configuration, LiveSecrets> started =
        (configuration, secrets) -> {
          timer.everyMinute(secrets::look);
          offer.accept(configuration, secrets);
        };
    this.gateway =
        new Gateway(
            folders,
            (file, content, folder, secrets) ->
                new DocumentCheck(plugins(), secrets)
                    .check(file, content, folder.resolve(DocumentCheck.PROFILES)),
            new Gateway.Around(targets, contact, events, timer, System::nanoTime, started),
            streams.err());
    this.commands = new Commands(streams, gateway, this::plugins);
  }

  private Plugins plugins() {
    return Plugins.of(drivers, formats);
  }

  @Deactivate
  void stop() {
    timer.end();
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
      gateway.again();
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

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void bindJournal(JournalWriter journal) {
    events.bind(journal);
  }

  void unbindJournal(JournalWriter journal) {
    events.unbind(journal);
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void bindClock(PoleClock clock) {
    events.bind(clock);
  }

  void unbindClock(PoleClock clock) {
    events.unbind(clock);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addUplinks(UplinkView view) {
    contact.add(view);
  }

  void removeUplinks(UplinkView view) {
    contact.remove(view);
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void bindDevices(LiveView view) {
    contact.set(view);
  }

  void unbindDevices(LiveView view) {
    contact.unset(view);
  }
}
