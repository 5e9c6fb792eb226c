package io.polegate.config;

import io.polegate.api.live.DeviceStatus;
import io.polegate.api.live.UplinkStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Judges whether a change on trial has proved itself: whether each connection that stood before it
 * stands again and carried something since, and goes on doing so for a while. Used by one thread at
 * a time.
 */
final class TrialWatch {
  private static final Duration HOLD = Duration.ofSeconds(10);
  private final Contact contact;
  private final Duration within;
  private final Set<String> connectedBefore;
  private final Set<String> onlineBefore;
  private long appliedNanos;
  private OptionalLong regainedNanos = OptionalLong.empty();

  /** What is known of a trial by now. */
  enum Verdict {
    /** Not yet. */
    OPEN,
    /** All contact is regained. */
    PROVED,
    /** The time is over. */
    OVER
  }

  /**
   * To be made before the change is applied.
   *
   * @param within how long it may take
   */
  TrialWatch(Contact contact, Duration within, long nowNanos) {
    this.contact = contact;
    this.within = within;
    this.connectedBefore = contact.connected();
    this.onlineBefore = contact.devices(DeviceStatus.State.ONLINE);
    this.appliedNanos = nowNanos;
  }

  /** The change is in force from now on. */
  void applied(long nowNanos) {
    appliedNanos = nowNanos;
  }

  Duration remaining(long nowNanos) {
    Duration left = within.minusNanos(nowNanos - appliedNanos);
    return left.isNegative() ? Duration.ZERO : left;
  }

  Verdict look(long nowNanos) {
    if (!hasContact(nowNanos)) {
      regainedNanos = OptionalLong.empty();
    } else if (regainedNanos.isEmpty()) {
      regainedNanos = OptionalLong.of(nowNanos);
    }
    if (regainedNanos.isPresent() && nowNanos - regainedNanos.getAsLong() >= hold().toNanos()) {
      return Verdict.PROVED;
    }
    return remaining(nowNanos).isZero() ? Verdict.OVER : Verdict.OPEN;
  }

  /** A trial that is shorter than the usual time can prove itself all the same. */
  private Duration hold() {
    Duration half = within.dividedBy(2);
    return half.compareTo(HOLD) < 0 ? half : HOLD;
  }

  private boolean hasContact(long nowNanos) {
    Duration since = Duration.ofNanos(nowNanos - appliedNanos);
    Set<String> good = new TreeSet<>();
    for (UplinkStatus uplink : contact.uplinks()) {
      Optional<Duration> age = uplink.lastAcknowledgedAge();
      if (uplink.connected() && age.isPresent() && age.get().compareTo(since) < 0) {
        good.add(uplink.id());
      }
    }
    return !connectedBefore.isEmpty() && good.containsAll(connectedBefore);
  }

  /** Why it did not prove itself, for a person. */
  String why() {
    List<String> reasons = new ArrayList<>();
    reasons.add("nobody confirmed it within " + within.toSeconds() + " s");
    for (String id : new TreeSet<>(connectedBefore)) {
      reasons.add("connection " + Findings.quote(id) + " " + state(id));
    }
    Set<String> lost = new TreeSet<>(contact.devices(DeviceStatus.State.OFFLINE));
    lost.retainAll(onlineBefore);
    if (!lost.isEmpty()) {
      reasons.add("devices that went offline: " + Findings.list(lost));
    }
    return String.join("; ", reasons);
  }

  private String state(String id) {
    return contact.uplinks().stream()
        .filter(uplink -> uplink.id().equals(id))
        .findFirst()
        .map(TrialWatch::state)
        .orElse("is no longer in the document");
  }

  private static String state(UplinkStatus uplink) {
    if (uplink.connected()) {
      return "is connected, but did not stay so, or nothing was acknowledged on it";
    }
    return "is not connected"
        + (uplink.message().isEmpty() ? "" : " (" + Findings.shorten(uplink.message()) + ")");
  }
}
