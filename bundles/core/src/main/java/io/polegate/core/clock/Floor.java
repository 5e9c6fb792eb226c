package io.polegate.core.clock;

import io.polegate.api.config.ClockSpec.Trust;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The date before which no clock can be right, and what of it outlives the process. Written seldom,
 * for the flash has to last. For one thread at a time, but for {@link #instant}.
 */
final class Floor {
  /** No gateway of this version ran before; goes up with the releases. */
  static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

  /** No pole lasts as long, so whoever says a later date is wrong. */
  static final Instant LATEST = BUILT.plus(Duration.ofDays(50 * 365));

  /** Between two writes, and from a step of the clock to the next. */
  static final Duration WRITE_EVERY = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(Floor.class);

  /** So much backwards is a clock that was put right, not one that lost its date. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final FloorFile file;
  private final LongSupplier nanos;
  private volatile Instant seen;
  private Trust trust;
  private long writtenNanos;

  /** Reads what an earlier run wrote. */
  Floor(FloorFile file, LongSupplier nanos) {
    this.file = file;
    this.nanos = nanos;
    this.writtenNanos = nanos.getAsLong();
    Optional<FloorFile.Memory> memory = file.read();
    this.trust = memory.map(FloorFile.Memory::trust).orElse(Trust.AUTO);
    this.seen = memory.map(FloorFile.Memory::seen).filter(Floor::isPossible).orElse(BUILT);
  }

  /** Whether any clock may say so, whatever was seen before. */
  static boolean isPossible(Instant said) {
    return !said.isBefore(BUILT) && said.isBefore(LATEST);
  }

  Instant instant() {
    return seen;
  }

  /** The earliest that a clock may say for which no time service vouches. */
  Instant least() {
    Instant least = seen.minus(MARGIN);
    return least.isAfter(BUILT) ? least : BUILT;
  }

  boolean allows(Instant said) {
    return !said.isBefore(least()) && said.isBefore(LATEST);
  }

  /** Who has to vouch for the clock, as the last document said. */
  Trust trust() {
    return trust;
  }

  /** Another document; kept, so that the next start knows before it has read its document. */
  void trust(Trust changed) {
    trust = changed;
    write();
  }

  /** A time service says what time it is: what was seen before and is later was wrong. */
  void correct(Instant present) {
    if (present.isBefore(least())) {
      LOG.warn("the date was wrong before: {} was seen, it is {}", seen, present);
      seen = present;
    }
  }

  /** The clock is trusted and did not step lately. */
  void remember(Instant present) {
    if (nanos.getAsLong() - writtenNanos >= WRITE_EVERY.toNanos()) {
      rememberNow(present);
    }
  }

  /** As above, at the end of the process. */
  void rememberNow(Instant present) {
    if (present.isAfter(seen)) {
      seen = present.truncatedTo(ChronoUnit.SECONDS);
    }
    write();
  }

  /** Without it the next start has an older floor, which is no reason to stop. */
  private void write() {
    writtenNanos = nanos.getAsLong();
    try {
      file.write(new FloorFile.Memory(seen.truncatedTo(ChronoUnit.SECONDS), trust));
    } catch (IOException e) {
      LOG.warn("the date cannot be remembered", e);
    }
  }
}
