package io.polegate.cloud;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Requests for new births: any number of them in a moment is one, and the births after it wait
 * their time, so that a crowd of hosts cannot keep the node busy with nothing else. {@link
 * #request} by any thread, the rest belongs to the uplink's.
 */
final class SparkplugRebirth {
  /** From one birth to the next at the least. */
  static final Duration GAP = Duration.ofSeconds(5);

  private final AtomicBoolean requested = new AtomicBoolean();
  private OptionalLong bornNanos = OptionalLong.empty();

  void request() {
    requested.set(true);
  }

  /** Whether births are owed: no data goes before them. */
  boolean owed() {
    return requested.get();
  }

  /** Nanoseconds until births that are owed may go; 0 for now. */
  long restNanos(long nowNanos) {
    return bornNanos.isEmpty()
        ? 0
        : Math.max(0, GAP.toNanos() - (nowNanos - bornNanos.getAsLong()));
  }

  /** Births begin; a request that comes from now on wants others. */
  void births(long nowNanos) {
    requested.set(false);
    bornNanos = OptionalLong.of(nowNanos);
  }
}
