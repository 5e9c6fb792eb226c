package io.polegate.api.journal;

import java.util.Map;

/**
 * How the journal is doing.
 *
 * @param lastSeq highest number on disk, 0 when nothing was ever written
 * @param usedBytes on disk, write-ahead log included
 * @param limitBytes most it may use
 * @param pending items not yet acknowledged, by connection
 * @param lostItems items lost since start, each covered by a gap record
 * @param wear what is written to the flash
 * @param message empty when all is well, else what is wrong, for a person
 */
public record JournalStatus(
    long lastSeq,
    long usedBytes,
    long limitBytes,
    Map<String, Long> pending,
    long lostItems,
    WriteWear wear,
    String message) {

  /** Copies the map. */
  public JournalStatus {
    pending = Map.copyOf(pending);
  }

  /** Without a word about wear. */
  public JournalStatus(
      long lastSeq,
      long usedBytes,
      long limitBytes,
      Map<String, Long> pending,
      long lostItems,
      String message) {
    this(lastSeq, usedBytes, limitBytes, pending, lostItems, WriteWear.NONE, message);
  }
}
