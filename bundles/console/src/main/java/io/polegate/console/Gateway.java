package io.polegate.console;

import io.polegate.api.journal.JournalReader;
import io.polegate.api.live.LiveView;
import io.polegate.api.live.UplinkView;
import io.polegate.api.time.PoleClock;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The parts of the gateway that the console looks at. Thread-safe. */
final class Gateway {
  private final String version;
  private final LiveView live;
  private final UplinkView uplinks;
  private final JournalReader journal;
  private final PoleClock clock;
  private final LongSupplier nanos;
  private final long startNanos;

  Gateway(
      String version,
      LiveView live,
      UplinkView uplinks,
      JournalReader journal,
      PoleClock clock,
      LongSupplier nanos) {
    this.version = version;
    this.live = live;
    this.uplinks = uplinks;
    this.journal = journal;
    this.clock = clock;
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
  }

  Snapshot now() {
    return new Snapshot(
        version,
        clock.instant(),
        clock.status(),
        Duration.ofNanos(nanos.getAsLong() - startNanos),
        live.pole(),
        live.buses(),
        live.devices(),
        uplinks.uplinks(),
        journal.status());
  }
}
