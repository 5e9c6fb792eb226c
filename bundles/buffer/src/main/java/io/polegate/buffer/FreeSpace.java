package io.polegate.buffer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Watches what is free on the file system, and holds the journal at its present size while that is
 * little. Outlives a file. For the writer thread.
 */
final class FreeSpace {
  /** Less is low; twice as much as a salvage's or a checkpoint's worst at the default limit. */
  static final long FLOOR = 20_000_000;

  /** So much is enough again. */
  static final long ENOUGH = 30_000_000;

  private final LongSupplier freeBytes;
  private final LongSupplier limit;
  private long heldLimit = Long.MAX_VALUE;
  private boolean checkpointWanted;

  /**
   * @param freeBytes on the file system of the database
   * @param limit what the document allows
   */
  FreeSpace(LongSupplier freeBytes, LongSupplier limit) {
    this.freeBytes = freeBytes;
    this.limit = limit;
  }

  /** What the system says of a folder; the highest number if it says nothing. */
  static long of(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      // whether it can be written shows when it is written
      return Long.MAX_VALUE;
    }
  }

  /** Most bytes on disk at present. */
  long limitBytes() {
    return Math.min(limit.getAsLong(), heldLimit);
  }

  /** Looks; says what is free if that became low, or enough again. */
  Optional<Turn> look(long databaseBytes) {
    long free = freeBytes.getAsLong();
    boolean low = heldLimit != Long.MAX_VALUE;
    if (!low && free < FLOOR) {
      heldLimit = Space.limitFor(databaseBytes);
      checkpointWanted = true;
      return Optional.of(new Turn(true, free));
    }
    if (low && free >= ENOUGH) {
      heldLimit = Long.MAX_VALUE;
      return Optional.of(new Turn(false, free));
    }
    return Optional.empty();
  }

  /** Whether the log is to be moved into the file now; once per turn. */
  boolean takeCheckpointWish() {
    boolean wanted = checkpointWanted;
    checkpointWanted = false;
    return wanted;
  }

  /** It became low, or enough again. */
  record Turn(boolean low, long freeBytes) {}
}
