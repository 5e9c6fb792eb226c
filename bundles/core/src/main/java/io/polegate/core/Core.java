package io.polegate.core;

import io.polegate.api.command.Command;
import io.polegate.api.command.CommandGateway;
import io.polegate.api.command.CommandResult;
import io.polegate.api.config.ConfigurationTarget;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.data.Bytes;
import io.polegate.api.driver.Browse;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.journal.CommandLedger;
import io.polegate.api.journal.JournalWriter;
import io.polegate.api.live.BusStatus;
import io.polegate.api.live.DeviceStatus;
import io.polegate.api.live.LiveView;
import io.polegate.api.settings.Settings;
import io.polegate.api.time.PoleClock;
import io.polegate.api.tools.BusTools;
import io.polegate.api.tools.Scan;
import io.polegate.api.tools.TracedFrame;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The core as a component: wires the parts and offers them as services. Thread-safe. */
@Component(
    service = {ConfigurationTarget.class, LiveView.class, CommandGateway.class, BusTools.class},
    property = "service.ranking:Integer=100",
    immediate = true)
public final class Core implements ConfigurationTarget, LiveView, CommandGateway, BusTools {
  private static final Logger LOG = LoggerFactory.getLogger(Core.class);
  private static final long SECONDS_TO_RECORD = 5;

  private final ExecutorService recorder =
      Executors.newSingleThreadExecutor(work -> new Thread(work, "command-results"));
  private final EventLog events;
  private final Buses buses;
  private final CommandDesk desk;
  private final Tools tools;

  /** Wires the parts; nothing runs before the first document. */
  @Activate
  public Core(
      BundleContext context,
      @Reference PoleClock clock,
      @Reference JournalWriter journal,
      @Reference CommandLedger ledger) {
    LongSupplier nanos = System::nanoTime;
    events = new EventLog(journal::append, clock);
    BusBuilder builder =
        new BusBuilder(
            journal::append, clock, events, nanos, () -> ThreadLocalRandom.current().nextDouble());
    buses = new Buses(builder, nanos);
    desk = new CommandDesk(ledger, journal, new CommandCheck(buses, clock), recorder, clock, nanos);
    desk.answerInterrupted();
    tools = new Tools(buses, events, recorder);
    String version = context.getProperty("polegate.version");
    events.gatewayStarted(version == null ? "unknown" : version);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindDriver(DriverFactory factory) {
    buses.add(factory);
  }

  void unbindDriver(DriverFactory factory) {
    tools.remove(factory);
    buses.remove(factory);
    // a scan that began in between
    tools.remove(factory);
  }

  @Deactivate
  void stop() {
    tools.stop();
    buses.stop();
    recorder.shutdown();
    try {
      if (!recorder.awaitTermination(SECONDS_TO_RECORD, TimeUnit.SECONDS)) {
        LOG.error("results of commands are still not on disk");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    events.gatewayStopped();
  }

  @Override
  public void apply(PoleSpec spec) {
    buses.apply(spec);
  }

  @Override
  public Optional<PoleSpec> pole() {
    return buses.pole();
  }

  @Override
  public List<BusStatus> buses() {
    return buses.busStatus();
  }

  @Override
  public List<DeviceStatus> devices() {
    return buses.deviceStatus();
  }

  @Override
  public CompletionStage<CommandResult> submit(Command command) {
    return desk.submit(command);
  }

  @Override
  public List<TracedFrame> trace(String bus) {
    return tools.trace(bus);
  }

  @Override
  public CompletionStage<Bytes> request(String bus, Settings device, Bytes request) {
    return tools.request(bus, device, request);
  }

  @Override
  public CompletionStage<List<Browse.Node>> browse(String bus, String node) {
    return tools.browse(bus, node);
  }

  @Override
  public Optional<Scan> scan(String driver, Settings known) {
    return tools.scan(driver, known);
  }

  @Override
  public Optional<Scan> lastScan() {
    return tools.lastScan();
  }
}
