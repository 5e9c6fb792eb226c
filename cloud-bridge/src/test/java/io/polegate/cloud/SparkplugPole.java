package io.polegate.cloud;

import io.polegate.api.config.Coding;
import io.polegate.api.config.ConnectionSpec;
import io.polegate.api.config.Curve;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.JournalSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Access;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.live.DeviceStatus;
import io.polegate.api.live.UplinkStatus;
import io.polegate.api.settings.Settings;
import io.polegate.testkit.Await;
import io.polegate.testkit.HandPoleClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The bridge with a lamp, a weather station, a siren that is never read, and a journal around it.
 */
final class SparkplugPole implements AutoCloseable {
  static final PoleSpec SPEC = spec();

  final InMemoryJournal journal = new InMemoryJournal();
  final FakeCommands commands = new FakeCommands(journal);
  final SparkplugLive live = new SparkplugLive(SPEC);
  final Surroundings around;
  final CloudBridge bridge;

  SparkplugPole() {
    this(InstantSource.system());
  }

  SparkplugPole(InstantSource clock) {
    this.around =
        new Surroundings(
            journal,
            journal,
            commands,
            new ConfigurationRequests(
                Optional::empty, journal, () -> InMemoryJournal.TIME, System::nanoTime),
            () -> Optional.of(live),
            new HandPoleClock(clock),
            System::nanoTime,
            Path.of(""));
    this.bridge = new CloudBridge(around);
  }

  /** Connects with quick retries and further settings, key then value. */
  void connect(String url, String... more) {
    bridge.apply(with(connection(url, more)));
  }

  static ConnectionSpec connection(String url, String... more) {
    Map<String, String> texts = new HashMap<>();
    texts.put("url", url);
    texts.put("group", "street");
    texts.put("retry-first", "20ms");
    texts.put("retry-limit", "100ms");
    for (int i = 0; i < more.length; i += 2) {
      texts.put(more[i], more[i + 1]);
    }
    return new ConnectionSpec("city", "sparkplug", new Settings(texts));
  }

  static PoleSpec with(ConnectionSpec connection) {
    return new PoleSpec(
        SPEC.id(),
        SPEC.names(),
        SPEC.location(),
        SPEC.timezone(),
        SPEC.journal(),
        SPEC.buses(),
        SPEC.devices(),
        List.of(connection));
  }

  /** The lamp answers, and says so much. */
  void lamp(long level) {
    Reading reading = new Reading.Good(new Value.Int(level), SampleTime.of(Instant.now()));
    live.say("lamp-1", "level", reading);
    live.state("lamp-1", DeviceStatus.State.ONLINE);
    journal.append(new JournalItem.PointReading("lamp-1", "level", "%", reading));
  }

  /** The weather station answers. */
  void weather(double temperature) {
    Reading reading = new Reading.Good(new Value.Real(temperature), SampleTime.of(Instant.now()));
    live.say("env-1", "temperature", reading);
    live.state("env-1", DeviceStatus.State.ONLINE);
    journal.append(new JournalItem.PointReading("env-1", "temperature", "Cel", reading));
  }

  UplinkStatus status() {
    return bridge.uplinks().get(0);
  }

  void awaitConnected() {
    Await.until("the uplink is connected", () -> status().connected());
  }

  void awaitDrained() {
    Await.until("all is acknowledged", () -> status().pending() == 0);
  }

  @Override
  public void close() {
    bridge.stop();
  }

  private static PoleSpec spec() {
    Coding open =
        new Coding(
            1,
            0,
            OptionalLong.empty(),
            Curve.LINEAR,
            List.of(
                new Coding.Meaning(new Value.Bool(true), 1, Map.of()),
                new Coding.Meaning(new Value.Bool(false), 0, Map.of())),
            List.of(),
            List.of(),
            List.of());
    return new PoleSpec(
        "P-1",
        Map.of("en", "Pole one"),
        Optional.empty(),
        ZoneOffset.UTC,
        JournalSpec.DEFAULT,
        List.of(),
        List.of(
            device(
                "lamp-1",
                point("level", "%", Access.READ_WRITE, Coding.NONE),
                point("power", "W", Access.READ, Coding.linear(0.1, 0))),
            device(
                "env-1",
                point("temperature", "Cel", Access.READ, Coding.linear(0.1, 0)),
                point("door", "", Access.READ, open),
                point("label", "", Access.READ, Coding.NONE)),
            device("siren-1", point("on", "", Access.WRITE, Coding.NONE))),
        List.of());
  }

  private static DeviceSpec device(String id, PointSpec... points) {
    return new DeviceSpec(
        id, Map.of("en", id), "bus-1", Duration.ofSeconds(1), Settings.NONE, List.of(points));
  }

  private static PointSpec point(String id, String unit, Access access, Coding coding) {
    return new PointSpec(
        id,
        Map.of(),
        Settings.NONE,
        coding,
        unit,
        access,
        access.writable()
            ? new PointSpec.Limits(OptionalDouble.of(0), OptionalDouble.of(100))
            : PointSpec.Limits.NONE,
        PointSpec.ReportSpec.ALWAYS,
        Optional.empty());
  }
}
