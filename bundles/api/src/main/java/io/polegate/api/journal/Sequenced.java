package io.polegate.api.journal;

/**
 * A journal item with its number.
 *
 * @param seq 1 and up, one series per pole over all lanes, never used twice
 */
public record Sequenced(long seq, JournalItem item) {}
