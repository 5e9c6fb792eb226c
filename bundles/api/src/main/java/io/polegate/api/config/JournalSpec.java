package io.polegate.api.config;

import java.time.Duration;

/**
 * Limits of the journal.
 *
 * @param limitBytes most bytes on disk, write-ahead log included
 * @param commitInterval longest time that telemetry waits in memory before it is on disk; what a
 *     power cut may cost
 */
public record JournalSpec(long limitBytes, Duration commitInterval) {
  /** What holds when the document says nothing: 256 MB, one second. */
  public static final JournalSpec DEFAULT = new JournalSpec(256_000_000, Duration.ofSeconds(1));
}
