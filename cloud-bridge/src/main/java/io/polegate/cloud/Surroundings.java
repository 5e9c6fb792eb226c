package io.polegate.cloud;

import io.polegate.api.command.CommandGateway;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.journal.JournalReader;
import io.polegate.api.journal.JournalWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What an uplink needs of the gateway around it.
 *
 * @param nanos the monotonic clock
 */
record Surroundings(
    JournalReader reader,
    JournalWriter writer,
    CommandGateway commands,
    InstantSource clock,
    LongSupplier nanos) {

  /** No gateway of this version ran before; a clock that says so has lost its battery. */
  private static final Instant FLOOR = Instant.parse("2026-01-01T00:00:00Z");

  /** The present, and whether the clock can be right. */
  SampleTime now() {
    Instant now = clock.instant();
    return new SampleTime(now, now.isBefore(FLOOR) ? TimeQuality.UNTRUSTED : TimeQuality.TRUSTED);
  }
}
