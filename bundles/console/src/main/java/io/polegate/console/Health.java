package io.polegate.console;

import io.polegate.api.live.BusStatus;
import io.polegate.api.live.DeviceStatus;
import io.polegate.api.live.UplinkStatus;
import io.polegate.api.time.ClockStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Judges the gateway by what it achieved: readings that arrived, messages that were acknowledged.
 *
 * @param parts one line for each part that was judged
 */
record Health(List<Part> parts) {
  /** A good reading is fresh for this many polls, and at least for {@link #LEAST_FRESH}. */
  private static final int FRESH_POLLS = 3;

  private static final Duration LEAST_FRESH = Duration.ofSeconds(30);
  private static final Duration LONGEST_UNACKNOWLEDGED = Duration.ofMinutes(5);

  /** How bad it is. */
  enum Level {
    /** Works. */
    OK,
    /** The gateway does its work, something around it does not. */
    DEGRADED,
    /** The gateway does not do its work. */
    FAILED;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One part.
   *
   * @param part kind of part
   * @param id which one, empty if there is one only
   * @param reason for a program, empty when ok
   * @param message for a person
   */
  record Part(String part, String id, Level level, String reason, String message) {}

  static Health of(Snapshot snapshot) {
    List<Part> parts = new ArrayList<>();
    parts.add(document(snapshot));
    parts.add(journal(snapshot));
    parts.add(clock(snapshot.clock()));
    snapshot.buses().forEach(bus -> parts.add(bus(bus)));
    snapshot.devices().forEach(device -> parts.add(device(device)));
    parts.add(acquisition(snapshot));
    snapshot.uplinks().forEach(uplink -> parts.add(uplink(uplink)));
    return new Health(List.copyOf(parts));
  }

  /** That of the worst part. */
  Level level() {
    return parts.stream().map(Part::level).max(Comparator.naturalOrder()).orElse(Level.OK);
  }

  private static Part document(Snapshot snapshot) {
    return snapshot.pole().isPresent()
        ? ok("document", "")
        : new Part("document", "", Level.FAILED, "none", "no document is in force");
  }

  private static Part journal(Snapshot snapshot) {
    String message = snapshot.journal().message();
    return message.isEmpty()
        ? ok("journal", "")
        : new Part("journal", "", Level.FAILED, "trouble", message);
  }

  private static Part clock(ClockStatus clock) {
    return clock.trusted()
        ? ok("clock", "")
        : new Part("clock", "", Level.DEGRADED, "not-trusted", clock.message());
  }

  private static Part bus(BusStatus bus) {
    return bus.open()
        ? ok("bus", bus.id())
        : new Part("bus", bus.id(), Level.DEGRADED, "down", bus.message());
  }

  private static Part device(DeviceStatus device) {
    return fresh(device)
        ? ok("device", device.id())
        : new Part("device", device.id(), Level.DEGRADED, "no-good-reading", device.message());
  }

  private static Part acquisition(Snapshot snapshot) {
    boolean works =
        snapshot.devices().isEmpty() || snapshot.devices().stream().anyMatch(Health::fresh);
    return works
        ? ok("acquisition", "")
        : new Part(
            "acquisition", "", Level.FAILED, "no-good-reading", "no device answers at present");
  }

  private static boolean fresh(DeviceStatus device) {
    Duration polls = device.poll().multipliedBy(FRESH_POLLS);
    Duration limit = polls.compareTo(LEAST_FRESH) > 0 ? polls : LEAST_FRESH;
    return device.state() == DeviceStatus.State.ONLINE
        && device.lastGoodAge().filter(age -> age.compareTo(limit) <= 0).isPresent();
  }

  private static Part uplink(UplinkStatus uplink) {
    if (!uplink.connected()) {
      return new Part("uplink", uplink.id(), Level.DEGRADED, "not-connected", uplink.message());
    }
    boolean stuck =
        uplink.pending() > 0
            && uplink
                .lastAcknowledgedAge()
                .filter(age -> age.compareTo(LONGEST_UNACKNOWLEDGED) > 0)
                .isPresent();
    return stuck
        ? new Part(
            "uplink",
            uplink.id(),
            Level.DEGRADED,
            "not-acknowledged",
            "nothing acknowledged lately")
        : ok("uplink", uplink.id());
  }

  private static Part ok(String part, String id) {
    return new Part(part, id, Level.OK, "", "");
  }
}
