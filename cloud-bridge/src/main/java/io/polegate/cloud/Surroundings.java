package io.polegate.cloud;

import io.polegate.api.command.CommandGateway;
import io.polegate.api.data.SampleTime;
import io.polegate.api.journal.JournalReader;
import io.polegate.api.journal.JournalWriter;
import io.polegate.api.live.LiveView;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What an uplink needs of the gateway around it.
 *
 * @param configuration takes what platforms want of the document
 * @param live the present values; empty while the gateway starts or stops
 * @param heard takes what time it is in the words of a platform, and which one says so
 * @param nanos the monotonic clock
 */
record Surroundings(
    JournalReader reader,
    JournalWriter writer,
    CommandGateway commands,
    ConfigurationRequests configuration,
    Supplier<Optional<LiveView>> live,
    BiConsumer<Instant, String> heard,
    InstantSource clock,
    LongSupplier nanos) {

  /** The present, and whether the clock can be right. */
  SampleTime now() {
    return SampleTime.of(clock.instant());
  }
}
