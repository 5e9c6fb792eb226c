package io.polegate.api.journal;

import java.util.OptionalLong;

/**
 * What the gateway wears off the flash, as the kernel counts it for the process ({@code
 * write_bytes} of {@code /proc/self/io}).
 *
 * @param todayBytes written since the last midnight UTC of a trusted clock, restarts included
 * @param totalBytes written since the journal file was first made
 * @param perYearBytes forecast, from the last days; empty before there is an hour to judge by
 * @param budgetBytes what the owner allows in a year; empty without a budget
 */
public record WriteWear(
    long todayBytes, long totalBytes, OptionalLong perYearBytes, OptionalLong budgetBytes) {
  /** Nothing is known yet. */
  public static final WriteWear NONE =
      new WriteWear(0, 0, OptionalLong.empty(), OptionalLong.empty());
}
