package io.polegate.api.live;

import java.time.Duration;
import java.util.Optional;

/**
 * How an uplink is doing, judged by what was acknowledged.
 *
 * @param id of the connection
 * @param connected whether the broker accepted the session
 * @param lastAcknowledgedAge time since the broker last acknowledged a message, on the monotonic
 *     clock; empty if never
 * @param pending journal items not yet acknowledged
 * @param message empty when all is well, else the last error in words
 */
public record UplinkStatus(
    String id,
    boolean connected,
    Optional<Duration> lastAcknowledgedAge,
    long pending,
    String message) {}
