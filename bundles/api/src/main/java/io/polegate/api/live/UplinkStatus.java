package io.polegate.api.live;

import io.polegate.api.journal.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How an uplink is doing, judged by what was acknowledged.
 *
 * @param id of the connection
 * @param connected whether the broker accepted the session
 * @param lastAcknowledgedAge time since the broker last acknowledged a message, on the monotonic
 *     clock; empty if never
 * @param pending journal items not yet acknowledged
 * @param pendingByLane the same by lane
 * @param doneIn when nothing will be pending at the rate of the last minute; empty if the backlog
 *     does not shrink or there is none
 * @param certificateEnds when the first certificate of this link expires, the pole's or the
 *     broker's; empty without TLS
 * @param message empty when all is well, else the last error in words
 */
public record UplinkStatus(
    String id,
    boolean connected,
    Optional<Duration> lastAcknowledgedAge,
    long pending,
    Map<Lane, Long> pendingByLane,
    Optional<Duration> doneIn,
    Optional<Instant> certificateEnds,
    String message) {
  /** Copies the map. */
  public UplinkStatus {
    pendingByLane = Map.copyOf(pendingByLane);
  }

  /** Without details. */
  public UplinkStatus(
      String id,
      boolean connected,
      Optional<Duration> lastAcknowledgedAge,
      long pending,
      String message) {
    this(
        id,
        connected,
        lastAcknowledgedAge,
        pending,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        message);
  }
}
