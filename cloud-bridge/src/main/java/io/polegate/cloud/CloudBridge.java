package io.polegate.cloud;

import io.polegate.api.command.CommandGateway;
import io.polegate.api.config.Configuration;
import io.polegate.api.config.ConfigurationTarget;
import io.polegate.api.config.ConnectionSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.journal.JournalReader;
import io.polegate.api.journal.JournalWriter;
import io.polegate.api.live.LiveView;
import io.polegate.api.live.UplinkStatus;
import io.polegate.api.live.UplinkView;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.time.PoleClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Keeps one running uplink for each MQTT connection of the document. Thread-safe: {@link #uplinks}
 * never waits for {@link #apply}.
 */
@Component(
    immediate = true,
    service = {ConfigurationTarget.class, UplinkView.class},
    property = "service.ranking:Integer=200")
public final class CloudBridge implements ConfigurationTarget, UplinkView {
  private final List<Format> formats = List.of(new JsonUplinkFormat(), new SparkplugUplinkFormat());
  private final AtomicReference<Optional<Configuration>> configuration =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<LiveView>> live = new AtomicReference<>(Optional.empty());
  private final Surroundings around;
  private volatile Map<Wanted, Uplink> running = Map.of();

  /** What an uplink was made from; it is left alone while this stays the same. */
  private record Wanted(String pole, ConnectionSpec connection, Object basis) {}

  /** For the service registry. */
  @Activate
  public CloudBridge(
      BundleContext bundle,
      @Reference JournalReader reader,
      @Reference JournalWriter writer,
      @Reference CommandGateway commands,
      @Reference PoleClock clock) {
    this(
        reader,
        writer,
        commands,
        clock,
        Path.of(Objects.requireNonNullElse(bundle.getProperty("polegate.config"), "")));
  }

  /**
   * For programs without a service registry.
   *
   * @param folder of the document; relative names of files start there
   */
  public CloudBridge(
      JournalReader reader,
      JournalWriter writer,
      CommandGateway commands,
      PoleClock clock,
      Path folder) {
    this.around =
        new Surroundings(
            reader,
            writer,
            commands,
            new ConfigurationRequests(configuration::get, writer, clock::now, System::nanoTime),
            live::get,
            clock,
            System::nanoTime,
            folder);
  }

  CloudBridge(Surroundings around) {
    this.around = around;
  }

  /** It is there once a document is in force. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void bindConfiguration(Configuration service) {
    configuration.set(Optional.of(service));
  }

  void unbindConfiguration(Configuration service) {
    configuration.updateAndGet(now -> now.filter(there -> there != service));
  }

  /** It is there once the core runs. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void bindLive(LiveView service) {
    live.set(Optional.of(service));
  }

  void unbindLive(LiveView service) {
    live.updateAndGet(now -> now.filter(there -> there != service));
  }

  @Override
  public synchronized void apply(PoleSpec spec) {
    Map<Wanted, UplinkPlan> wanted = wanted(spec);
    Map<Wanted, Uplink> before = running;
    Map<Wanted, Uplink> after = new LinkedHashMap<>();
    wanted.forEach(
        (key, plan) -> {
          Uplink kept = before.get(key);
          after.put(key, kept == null ? new Uplink(plan, around) : kept);
        });
    // an uplink that changed keeps its client id, so the old one must be gone first
    before.forEach(
        (key, uplink) -> {
          if (!wanted.containsKey(key)) {
            uplink.stop();
          }
        });
    running = after;
    after.forEach(
        (key, uplink) -> {
          if (!before.containsKey(key)) {
            uplink.start();
          }
        });
  }

  @Override
  public List<UplinkStatus> uplinks() {
    return running.values().stream().map(Uplink::status).toList();
  }

  /** Says goodbye on all uplinks. */
  @Deactivate
  synchronized void stop() {
    List<Thread> goodbyes = new ArrayList<>();
    for (Uplink uplink : running.values()) {
      Thread goodbye = new Thread(uplink::stop, "uplink-goodbye");
      goodbye.start();
      goodbyes.add(goodbye);
    }
    running = Map.of();
    try {
      for (Thread goodbye : goodbyes) {
        goodbye.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    around.configuration().close();
  }

  private Map<Wanted, UplinkPlan> wanted(PoleSpec spec) {
    Map<Wanted, UplinkPlan> wanted = new LinkedHashMap<>();
    for (ConnectionSpec connection : spec.connections()) {
      for (Format format : formats) {
        if (connection.format().equals(format.name())) {
          wanted.put(
              new Wanted(spec.id(), connection, format.basis(spec)),
              plan(format, spec, connection));
        }
      }
    }
    return wanted;
  }

  private UplinkPlan plan(Format format, PoleSpec pole, ConnectionSpec connection) {
    try {
      return format.plan(pole, connection, around);
    } catch (InvalidSettingException e) {
      throw new IllegalArgumentException(
          "connection \"" + connection.id() + "\" was not checked: " + e.key(), e);
    }
  }
}
