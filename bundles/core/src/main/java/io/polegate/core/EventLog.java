package io.polegate.core;

import io.polegate.api.config.DeviceSpec;
import io.polegate.api.data.BadReason;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.api.settings.Settings;
import io.polegate.api.time.PoleClock;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the platform (through the journal) and the log about changes of state, once per change.
 * Thread-safe.
 */
final class EventLog {
  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

  private final Consumer<JournalItem> journal;
  private final PoleClock clock;

  EventLog(Consumer<JournalItem> journal, PoleClock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  void gatewayStarted(String version) {
    event("gateway-started", Map.of("version", text(version)));
  }

  void gatewayStopped() {
    event("gateway-stopped", Map.of());
  }

  void deviceOnline(DeviceSpec device) {
    LOG.info("device \"{}\" is online", device.id());
    event("device-online", Map.of("device", text(device.id()), "bus", text(device.bus())));
  }

  void deviceOffline(DeviceSpec device, BadReason reason, String message) {
    LOG.warn("device \"{}\" is offline: {}", device.id(), message);
    event(
        "device-offline",
        Map.of(
            "device", text(device.id()),
            "bus", text(device.bus()),
            "reason", text(reason.wireName()),
            "message", text(message)));
  }

  void busOpened(String bus) {
    LOG.info("bus \"{}\" is open", bus);
    event("bus-open", Map.of("bus", text(bus)));
  }

  void busLost(String bus, String message) {
    LOG.warn("bus \"{}\" is down: {}", bus, message);
    event("bus-down", Map.of("bus", text(bus), "message", text(message)));
  }

  void busOverloaded(String bus) {
    LOG.warn("bus \"{}\" cannot keep its plan: poll less, or split it", bus);
    event("bus-overloaded", Map.of("bus", text(bus)));
  }

  void busRelieved(String bus) {
    LOG.info("bus \"{}\" keeps its plan again", bus);
    event("bus-relieved", Map.of("bus", text(bus)));
  }

  void heartbeatFailed(String device, String point, String message) {
    LOG.warn("heartbeat \"{}\" of device \"{}\" fails: {}", point, device, message);
    event(
        "heartbeat-failed",
        Map.of("device", text(device), "point", text(point), "message", text(message)));
  }

  void heartbeatResumed(String device, String point) {
    LOG.info("heartbeat \"{}\" of device \"{}\" is taken again", point, device);
    event("heartbeat-resumed", Map.of("device", text(device), "point", text(point)));
  }

  /**
   * Values that a device has to have were looked at, and some of them written or not to be had.
   *
   * @param written what was written, for a person; may be empty
   * @param verified whether it has all of them now
   */
  void deviceSetup(DeviceSpec device, String written, boolean verified) {
    LOG.info("setup of device \"{}\" wrote: {}; verified: {}", device.id(), written, verified);
    event(
        "device-setup",
        Map.of(
            "device", text(device.id()),
            "bus", text(device.bus()),
            "written", text(written),
            "verified", new Value.Bool(verified)));
  }

  /** A device does not have the values that it has to have. */
  void deviceSetupFailed(DeviceSpec device, String message) {
    LOG.warn("setup of device \"{}\" failed: {}", device.id(), message);
    event(
        Lane.ALARM,
        "device-setup-failed",
        Map.of(
            "device", text(device.id()),
            "bus", text(device.bus()),
            "message", text(message)));
  }

  /** Somebody sent bytes of his own, which no limit and no read-back watches over. */
  void rawRequest(String bus, Settings device, Bytes request) {
    LOG.info("raw request on bus \"{}\" to {}: {}", bus, device.texts(), request.toHex());
    event(
        "raw-request",
        Map.of(
            "bus", text(bus),
            "device", text(device.texts().toString()),
            "hex", text(request.toHex())));
  }

  private void event(String type, Map<String, Value> attributes) {
    event(Lane.STATE, type, attributes);
  }

  private void event(Lane lane, String type, Map<String, Value> attributes) {
    journal.accept(new JournalItem.Event(lane, clock.now(), type, attributes));
  }

  private static Value text(String text) {
    return new Value.Text(text);
  }
}
