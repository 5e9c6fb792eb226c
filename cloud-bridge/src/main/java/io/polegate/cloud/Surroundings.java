package io.polegate.cloud;

import io.polegate.api.command.CommandGateway;
import io.polegate.api.data.SampleTime;
import io.polegate.api.journal.JournalReader;
import io.polegate.api.journal.JournalWriter;
import io.polegate.api.live.LiveView;
import io.polegate.api.time.PoleClock;
import java.nio.file.Path;
import java.time.Instant;
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
 * @param folder of the document; relative names of files start there
 */
record Surroundings(
    JournalReader reader,
    JournalWriter writer,
    CommandGateway commands,
    ConfigurationRequests configuration,
    Supplier<Optional<LiveView>> live,
    BiConsumer<Instant, String> heard,
    PoleClock clock,
    LongSupplier nanos,
    Path folder) {

  /** The present as far as certificates are concerned. */
  TlsTime tlsTime() {
    return TlsTime.of(clock);
  }

  /** The present, and whether the clock is trusted. */
  SampleTime now() {
    return clock.now();
  }
}
