package io.polegate.console;

import io.polegate.api.command.Command;
import io.polegate.api.command.CommandGateway;
import io.polegate.api.command.CommandResult;
import io.polegate.api.command.CommandStatus;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.data.BadReason;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalReader;
import io.polegate.api.journal.JournalStatus;
import io.polegate.api.live.BusStatus;
import io.polegate.api.live.DeviceStatus;
import io.polegate.api.live.LiveView;
import io.polegate.api.live.PointStatus;
import io.polegate.api.live.Traffic;
import io.polegate.api.live.UplinkStatus;
import io.polegate.api.live.UplinkView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The parts of a gateway with five devices, set by hand. Thread-safe. */
final class FakeGateway implements LiveView, UplinkView, JournalReader, CommandGateway {
  private record Said(Reading reading, long nanos) {}

  private final FakeTools tools = new FakeTools();
  private final FakeDocuments documents = new FakeDocuments();
  private final List<CompletableFuture<CommandResult>> waiting = new ArrayList<>();
  private Optional<PoleSpec> pole = Optional.empty();
  private final Map<String, Said> said = new HashMap<>();
  private final Map<String, String> silent = new HashMap<>();
  private final Map<String, String> busTrouble = new HashMap<>();
  private final Map<String, Long> answeredNanos = new HashMap<>();
  private final List<Command> commands = new ArrayList<>();
  private List<UplinkStatus> uplinks = List.of();
  private JournalStatus journal = new JournalStatus(0, 0, 1, Map.of(), 0, "");
  private CommandStatus ending = CommandStatus.DONE;
  private boolean answering = true;

  FakeGateway() {
    reset();
  }

  FakeTools tools() {
    return tools;
  }

  FakeDocuments documents() {
    return documents;
  }

  /** As after the start; commands that wait end. */
  synchronized void reset() {
    said.clear();
    silent.clear();
    busTrouble.clear();
    commands.clear();
    pole = Optional.of(SamplePole.document());
    uplinks = List.of(new UplinkStatus("city", true, Optional.of(Duration.ofSeconds(2)), 0, ""));
    journal = new JournalStatus(48_213, 41_800_000, 256_000_000, Map.of("city", 0L), 0, "");
    ending = CommandStatus.DONE;
    answering = true;
    waiting.forEach(
        result ->
            result.complete(
                new CommandResult("", CommandStatus.REFUSED, Optional.empty(), "", time())));
    waiting.clear();
    good("lamp-1", "level", new Value.Real(62.5));
    good("lamp-1", "relay", new Value.Bool(true));
    good("lamp-1", "power", new Value.Real(87.34));
    good("lamp-1", "label", new Value.Text("Section A"));
    good("env-1", "temperature", new Value.Real(18.4));
    good("env-1", "humidity", new Value.Real(71));
    good("env-1", "pm25", new Value.Int(23));
    good("env-1", "noise", new Value.Real(54.2));
    good("water-1", "depth", new Value.Int(0));
    good("meter-1", "voltage", new Value.Real(228.6));
    good("meter-1", "energy", new Value.Real(12_408.37));
    good("manhole-1", "open", new Value.Bool(false));
    good("manhole-1", "serial", Bytes.ofHex("0a1b2c"));
  }

  synchronized void good(String device, String point, Value value) {
    long now = System.nanoTime();
    said.put(device + "/" + point, new Said(new Reading.Good(value, time()), now));
    answeredNanos.put(device, now);
  }

  synchronized void bad(String device, String point, BadReason reason, String detail) {
    said.put(
        device + "/" + point, new Said(new Reading.Bad(reason, detail, time()), System.nanoTime()));
  }

  synchronized void silence(String device, String message) {
    silent.put(device, message);
    List<PointSpec> points =
        SamplePole.document().devices().stream()
            .filter(spec -> spec.id().equals(device))
            .flatMap(spec -> spec.points().stream())
            .toList();
    points.forEach(point -> bad(device, point.id(), BadReason.DEVICE_SILENT, ""));
  }

  synchronized void breakBus(String bus, String message) {
    busTrouble.put(bus, message);
  }

  synchronized void setUplinks(List<UplinkStatus> uplinks) {
    this.uplinks = List.copyOf(uplinks);
  }

  synchronized void setJournal(JournalStatus journal) {
    this.journal = journal;
  }

  synchronized void setPole(Optional<PoleSpec> pole) {
    this.pole = pole;
  }

  /** How commands end from now on. */
  synchronized void endWith(CommandStatus status) {
    ending = status;
  }

  /** Commands from now on never end. */
  synchronized void stopAnswering() {
    answering = false;
  }

  synchronized List<Command> commands() {
    return List.copyOf(commands);
  }

  @Override
  public synchronized Optional<PoleSpec> pole() {
    return pole;
  }

  @Override
  public synchronized List<BusStatus> buses() {
    return pole.stream()
        .flatMap(document -> document.buses().stream())
        .map(
            bus ->
                new BusStatus(
                    bus.id(),
                    bus.driver(),
                    !busTrouble.containsKey(bus.id()),
                    busTrouble.getOrDefault(bus.id(), ""),
                    0,
                    0.42,
                    true,
                    2))
        .toList();
  }

  @Override
  public synchronized List<DeviceStatus> devices() {
    return pole.stream()
        .flatMap(document -> document.devices().stream())
        .map(this::status)
        .toList();
  }

  private DeviceStatus status(DeviceSpec device) {
    boolean offline = silent.containsKey(device.id());
    return new DeviceStatus(
        device.id(),
        device.names(),
        device.bus(),
        device.poll(),
        offline ? DeviceStatus.State.OFFLINE : DeviceStatus.State.ONLINE,
        Optional.ofNullable(answeredNanos.get(device.id())).map(FakeGateway::age),
        offline ? 4 : 0,
        silent.getOrDefault(device.id(), ""),
        new Traffic(120, 3, 2, 4, 1, 5),
        131,
        6,
        device.points().stream().map(point -> status(device, point)).toList());
  }

  private PointStatus status(DeviceSpec device, PointSpec point) {
    Optional<Said> last = Optional.ofNullable(said.get(device.id() + "/" + point.id()));
    return new PointStatus(
        point, last.map(Said::reading), last.map(reading -> age(reading.nanos())));
  }

  @Override
  public synchronized List<UplinkStatus> uplinks() {
    return uplinks;
  }

  @Override
  public synchronized JournalStatus status() {
    return journal;
  }

  @Override
  public Cursor cursor(String connection) {
    throw new UnsupportedOperationException("the console reads no items");
  }

  @Override
  public Subscription onCommit(Runnable listener) {
    throw new UnsupportedOperationException("the console reads no items");
  }

  @Override
  public synchronized CompletionStage<CommandResult> submit(Command command) {
    commands.add(command);
    if (!answering) {
      CompletableFuture<CommandResult> never = new CompletableFuture<>();
      waiting.add(never);
      return never;
    }
    boolean done = ending == CommandStatus.DONE;
    if (done) {
      good(command.device(), command.point(), command.value());
    }
    return CompletableFuture.completedFuture(
        new CommandResult(
            command.id(),
            ending,
            done ? Optional.of(command.value()) : Optional.empty(),
            done ? "" : "the fake says no",
            time()));
  }

  private static SampleTime time() {
    return new SampleTime(Instant.now(), TimeQuality.TRUSTED);
  }

  private static Duration age(long since) {
    return Duration.ofNanos(System.nanoTime() - since);
  }
}
