package io.polegate.cloud;

import io.polegate.api.time.ClockStatus;
import io.polegate.api.time.PoleClock;
import java.time.Instant;

/**
 * What is known of the time when a certificate is looked at.
 *
 * @param instant the present if it is trusted, else the earliest that it can be
 */
record TlsTime(Instant instant, boolean trusted) {

  /** By the pole's clock; while it is not trusted, not before its floor. */
  static TlsTime of(PoleClock clock) {
    ClockStatus status = clock.status();
    Instant now = clock.instant();
    boolean early = !status.trusted() && now.isBefore(status.floor());
    return new TlsTime(early ? status.floor() : now, status.trusted());
  }
}
