package io.polegate.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of one uplink, and one log line for each change of it. Written by the uplink's
 * thread and by acknowledgements, read by anyone.
 */
final class UplinkHealth {
  private static final Logger LOG = LoggerFactory.getLogger(UplinkHealth.class);

  private final String connection;
  private final LongSupplier nanos;
  private boolean connected;
  private String message = "";
  private String warning = "";
  private Optional<Instant> certificateEnds = Optional.empty();
  private Optional<Long> acknowledgedNanos = Optional.empty();

  UplinkHealth(String connection, LongSupplier nanos) {
    this.connection = connection;
    this.nanos = nanos;
  }

  /** The broker accepted the session. */
  synchronized void up(String broker) {
    connected = true;
    message = "";
    LOG.info("uplink \"{}\" connected to \"{}\"", connection, broker);
  }

  /** The session is over or did not come about. */
  synchronized void down(String reason) {
    connected = false;
    if (!message.equals(reason)) {
      message = reason;
      LOG.warn("uplink \"{}\" has no session: {}", connection, reason);
    }
  }

  /** The session stands, and something else is wrong; empty when it is right again. */
  synchronized void trouble(String reason) {
    if (!message.equals(reason)) {
      message = reason;
      LOG.warn("uplink \"{}\": {}", connection, reason.isEmpty() ? "well again" : reason);
    }
  }

  /** All is well, but will not stay so; empty when there is nothing to say. */
  synchronized void warn(String words) {
    if (!warning.equals(words)) {
      warning = words;
      LOG.warn("uplink \"{}\": {}", connection, words.isEmpty() ? "well again" : words);
    }
  }

  /** When the first certificate of the link ends. */
  synchronized void certificateEnds(Optional<Instant> end) {
    certificateEnds = end;
  }

  synchronized Optional<Instant> certificateEnds() {
    return certificateEnds;
  }

  /** The uplink ended as it was told to. */
  synchronized void stopped() {
    connected = false;
    message = "stopped";
    LOG.info("uplink \"{}\" stopped", connection);
  }

  synchronized void acknowledged() {
    acknowledgedNanos = Optional.of(nanos.getAsLong());
  }

  synchronized boolean connected() {
    return connected;
  }

  synchronized String message() {
    return message.isEmpty() ? warning : message;
  }

  synchronized Optional<Duration> acknowledgedAge() {
    return acknowledgedNanos.map(at -> Duration.ofNanos(nanos.getAsLong() - at));
  }
}
