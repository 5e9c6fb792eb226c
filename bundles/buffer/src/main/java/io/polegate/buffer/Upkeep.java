package io.polegate.buffer;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Looks once a second at what the journal does to the disk. For the writer thread. */
final class Upkeep {
  private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  private final Wear wear;
  private final FreeSpace free;
  private final LongSupplier nanos;
  private final OwnEvents events;
  private long nextNanos;

  Upkeep(Wear wear, FreeSpace free, LongSupplier nanos, OwnEvents events) {
    this.wear = wear;
    this.free = free;
    this.nanos = nanos;
    this.events = events;
    this.nextNanos = nanos.getAsLong();
  }

  Wear wear() {
    return wear;
  }

  FreeSpace free() {
    return free;
  }

  /** Appends what there is to report. */
  void look(Inbox inbox, Space space) throws SQLException {
    long now = nanos.getAsLong();
    if (now - nextNanos < 0) {
      return;
    }
    nextNanos = now + EVERY_NANOS;
    wear.look().map(events::wear).ifPresent(inbox::append);
    free.look(space.databaseBytes()).map(events::disk).ifPresent(inbox::append);
  }
}
