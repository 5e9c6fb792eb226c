package io.polegate.cloud;

import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.data.Value;
import io.polegate.api.live.DeviceStatus;
import io.polegate.api.live.LiveView;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The edge node in one session: counts its messages, bears and buries it and its devices, and
 * reports. One thread.
 */
final class SparkplugNode {
  private final SparkplugOptions options;
  private final SparkplugModel model;
  private final SparkplugBirths births;
  private final SparkplugAliases aliases;
  private final Surroundings around;
  private final LongSupplier backlog;
  private final int bdSeq;
  private final SparkplugCounter seq = new SparkplugCounter();
  private final SparkplugDevices devices = new SparkplugDevices();
  private final Map<SparkplugNodeMetric, Value> told = new EnumMap<>(SparkplugNodeMetric.class);
  private long historyEnd;

  /**
   * The node of a session that is about to begin.
   *
   * @param backlog items not yet acknowledged
   * @param bdSeq number of the session
   */
  SparkplugNode(
      SparkplugOptions options,
      SparkplugModel model,
      SparkplugTypes types,
      SparkplugAliases aliases,
      Surroundings around,
      LongSupplier backlog,
      int bdSeq) {
    this.options = options;
    this.model = model;
    this.births = new SparkplugBirths(model, types, aliases);
    this.aliases = aliases;
    this.around = around;
    this.backlog = backlog;
    this.bdSeq = bdSeq;
  }

  /** The death certificate. */
  Message death() {
    return new Message(
        options.topics().node(SparkplugTopics.Kind.NDEATH),
        SparkplugMessage.death(bdSeq),
        1,
        false);
  }

  /** The node's birth, and that of each device that is there. */
  void bear(Publisher publisher) throws SessionLostException {
    // before the values are looked at: what comes in between is told twice, not never
    historyEnd = around.reader().status().lastSeq();
    Instant now = around.clock().instant();
    told.putAll(condition());
    seq.restart();
    aliases.restart();
    devices.clear();
    send(
        publisher,
        options.topics().node(SparkplugTopics.Kind.NBIRTH),
        births.node(now, bdSeq, told));
    follow(publisher);
    if (backlog.getAsLong() > 0) {
      bearForThePast(publisher);
    }
  }

  /** So that what waits of devices that are gone can go behind these births, not between them. */
  private void bearForThePast(Publisher publisher) throws SessionLostException {
    for (SparkplugModel.Device device : model.devices().values()) {
      if (!devices.alive(device.spec().id())) {
        bear(publisher, device, Optional.empty(), historyEnd);
      }
    }
  }

  /**
   * Bears and buries devices as they come and go.
   *
   * @return whether anything was sent
   */
  boolean follow(Publisher publisher) throws SessionLostException {
    long end = around.reader().status().lastSeq();
    long now = around.nanos().getAsLong();
    Map<String, DeviceStatus> live = live();
    boolean sent = false;
    for (SparkplugModel.Device device : model.devices().values()) {
      String id = device.spec().id();
      Optional<DeviceStatus> status = Optional.ofNullable(live.get(id));
      boolean present = status.isPresent() && present(device, status.get());
      SparkplugDevices.Due due = devices.due(id, present, now);
      if (due == SparkplugDevices.Due.BIRTH) {
        bear(publisher, device, status, end);
      } else if (due == SparkplugDevices.Due.DEATH) {
        bury(publisher, id);
      }
      sent |= due != SparkplugDevices.Due.NOTHING;
    }
    return sent;
  }

  /**
   * Reports what changed of the node itself.
   *
   * @return whether anything did
   */
  boolean reportCondition(Publisher publisher) throws SessionLostException {
    SparkplugMessage changes = new SparkplugMessage();
    SampleTime now = around.now();
    condition()
        .forEach(
            (metric, value) -> {
              if (!value.equals(told.put(metric, value))) {
                changes.report(
                    metric.alias(),
                    metric.type(),
                    now.instant(),
                    false,
                    Optional.of(value),
                    new SparkplugProperties().time(now));
              }
            });
    if (changes.isEmpty()) {
      return false;
    }
    send(publisher, options.topics().node(SparkplugTopics.Kind.NDATA), changes);
    return true;
  }

  /**
   * Makes sure that a device may report a reading.
   *
   * @return whether it may: one that is gone is born once more for a good reading of its past, and
   *     not for being told again that it is silent
   */
  boolean mayReport(Publisher publisher, SparkplugModel.Device device, Reading reading)
      throws SessionLostException {
    String id = device.spec().id();
    boolean alive = devices.alive(id);
    if (!alive && reading instanceof Reading.Good) {
      bear(publisher, device, Optional.empty(), around.reader().status().lastSeq());
      settle();
      alive = true;
    }
    if (alive) {
      devices.told(id, around.nanos().getAsLong());
    }
    return alive;
  }

  /** Bears a device again, because a point of it turned out to be of another type. */
  void redeclare(Publisher publisher, SparkplugModel.Device device) throws SessionLostException {
    long end = around.reader().status().lastSeq();
    Optional<DeviceStatus> status =
        Optional.ofNullable(live().get(device.spec().id())).filter(found -> present(device, found));
    bear(publisher, device, status, end);
    settle();
  }

  /** Whether an item is from before the births. */
  boolean historical(long seq) {
    return seq <= historyEnd;
  }

  /** Whether an item of a device is from before its birth. */
  boolean historical(String device, long seq) {
    return devices.historical(device, seq);
  }

  /** Remembers what a metric of the node says now, for the next birth. */
  void told(SparkplugNodeMetric metric, Value value) {
    told.put(metric, value);
  }

  /** Sends a message of the node or of a device, and counts it. */
  void send(Publisher publisher, String topic, SparkplugMessage message)
      throws SessionLostException {
    byte[] payload = message.finish(around.clock().instant(), seq.next());
    publisher.publish(new Message(topic, payload, 0, false), () -> {});
  }

  private Map<SparkplugNodeMetric, Value> condition() {
    return Map.of(
        SparkplugNodeMetric.CLOCK_TRUSTED,
        new Value.Bool(around.now().quality() == TimeQuality.TRUSTED),
        SparkplugNodeMetric.BACKLOG,
        new Value.Int(backlog.getAsLong()));
  }

  private static boolean present(SparkplugModel.Device device, DeviceStatus status) {
    return status.state() == DeviceStatus.State.ONLINE || !device.polled();
  }

  private void bear(
      Publisher publisher, SparkplugModel.Device device, Optional<DeviceStatus> status, long end)
      throws SessionLostException {
    String id = device.spec().id();
    send(
        publisher,
        options.topics().device(SparkplugTopics.Kind.DBIRTH, id),
        births.device(device, around.clock().instant(), status));
    devices.born(id, end, status.isEmpty(), around.nanos().getAsLong());
  }

  /** Data must not go on the heels of a birth. */
  private static void settle() throws SessionLostException {
    try {
      TimeUnit.NANOSECONDS.sleep(SparkplugConversation.SETTLE.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SessionLostException("stopped", e);
    }
  }

  private void bury(Publisher publisher, String device) throws SessionLostException {
    send(
        publisher,
        options.topics().device(SparkplugTopics.Kind.DDEATH, device),
        new SparkplugMessage());
    devices.died(device);
  }

  private Map<String, DeviceStatus> live() {
    return around.live().get().map(LiveView::devices).orElse(List.of()).stream()
        .collect(Collectors.toMap(DeviceStatus::id, status -> status));
  }
}
