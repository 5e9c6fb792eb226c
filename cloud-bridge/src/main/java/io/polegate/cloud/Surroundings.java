package io.polegate.cloud;

import io.polegate.api.command.CommandGateway;
import io.polegate.api.data.SampleTime;
import io.polegate.api.journal.JournalReader;
import io.polegate.api.journal.JournalWriter;
import java.time.InstantSource;
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
    InstantSource clock,
    LongSupplier nanos) {

  /** The present, and whether the clock can be right. */
  SampleTime now() {
    return SampleTime.of(clock.instant());
  }
}
