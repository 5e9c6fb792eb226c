package io.polegate.cloud;

import io.polegate.api.command.CommandGateway;
import io.polegate.api.data.SampleTime;
import io.polegate.api.journal.JournalReader;
import io.polegate.api.journal.JournalWriter;
import io.polegate.api.time.PoleClock;
import java.util.function.LongSupplier;

/**
 * What an uplink needs of the gateway around it.
 *
 * @param configuration takes what platforms want of the document
 * @param nanos the monotonic clock
 */
record Surroundings(
    JournalReader reader,
    JournalWriter writer,
    CommandGateway commands,
    ConfigurationRequests configuration,
    PoleClock clock,
    LongSupplier nanos) {

  /** The present, and whether the clock is trusted. */
  SampleTime now() {
    return clock.now();
  }
}
