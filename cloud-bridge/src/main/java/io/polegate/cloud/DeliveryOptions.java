package io.polegate.cloud;

import java.time.Duration;
import java.util.Optional;

/**
 * How much of the journal goes at once.
 *
 * @param batch items per message at most
 * @param window messages under way per lane at most
 * @param platformPatience how long what the broker took may stay unacknowledged; empty if the
 *     broker's word is the last
 * @param historyPace readings a second from before the session, or {@link HistoryPace#UNLIMITED}
 * @param spread history begins after a random part of this when an outage was longer than it
 */
record DeliveryOptions(
    int batch, int window, Optional<Duration> platformPatience, int historyPace, Duration spread) {

  /** As fast as the broker takes it, on the broker's word. */
  DeliveryOptions(int batch, int window) {
    this(batch, window, Optional.empty(), HistoryPace.UNLIMITED, Duration.ZERO);
  }
}
