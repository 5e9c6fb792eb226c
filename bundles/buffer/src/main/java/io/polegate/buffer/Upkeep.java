package io.polegate.buffer;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Looks once a second at what the journal does to the disk. For the writer thread. */
final class Upkeep {
  private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  private final Wear wear;
  private final FreeSpace free;
  private final Runs runs;
  private final LongSupplier nanos;
  private final OwnEvents events;
  private long nextNanos;

  Upkeep(Wear wear, FreeSpace free, Runs runs, LongSupplier nanos, OwnEvents events) {
    this.wear = wear;
    this.free = free;
    this.runs = runs;
    this.nanos = nanos;
    this.events = events;
    this.nextNanos = nanos.getAsLong();
  }

  /** A file is open; {@code last} is the highest number in it. */
  void load(Marks marks, long last) throws SQLException {
    wear.load(marks);
    runs.load(marks, last);
  }

  /** Part of every transaction. */
  void store(Marks marks) throws SQLException {
    if (wear.wantsStoring()) {
      wear.store(marks);
    }
    runs.store(marks);
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
    runs.look().stream().map(events::timesCorrected).forEach(inbox::append);
    free.look(space.databaseBytes()).map(events::disk).ifPresent(inbox::append);
  }
}
