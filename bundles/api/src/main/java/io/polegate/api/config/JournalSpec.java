package io.polegate.api.config;

import io.polegate.api.journal.Lane;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Limits of the journal.
 *
 * @param limitBytes most bytes on disk, write-ahead log included
 * @param commitInterval longest time that telemetry waits in memory before it is on disk; what a
 *     power cut may cost
 * @param lanes what holds for single lanes; a lane that is not named has {@link LaneSpec#DEFAULT}
 * @param yearlyWriteBytes what the owner allows the process to write to the flash in a year; empty
 *     for no budget
 */
public record JournalSpec(
    long limitBytes,
    Duration commitInterval,
    Map<Lane, LaneSpec> lanes,
    OptionalLong yearlyWriteBytes) {
  /** What holds when the document says nothing: 256 MB, one second. */
  public static final JournalSpec DEFAULT = new JournalSpec(256_000_000, Duration.ofSeconds(1));

  /** Copies the map. */
  public JournalSpec {
    lanes = lanes.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(lanes));
  }

  /** Limits for all lanes together only. */
  public JournalSpec(long limitBytes, Duration commitInterval) {
    this(limitBytes, commitInterval, Map.of(), OptionalLong.empty());
  }

  /** What holds for a lane. */
  public LaneSpec lane(Lane lane) {
    return lanes.getOrDefault(lane, LaneSpec.DEFAULT);
  }

  /**
   * Limits of one lane, inside those of the whole journal.
   *
   * @param limitBytes most bytes of the blocks of this lane; empty for no limit of its own
   * @param keep time to live: what is older is not sent any more; empty for ever
   * @param evict what goes first of what no platform has yet; delivered items always go before
   */
  public record LaneSpec(OptionalLong limitBytes, Optional<Duration> keep, Evict evict) {
    /** No limits of its own, the oldest goes first. */
    public static final LaneSpec DEFAULT =
        new LaneSpec(OptionalLong.empty(), Optional.empty(), Evict.OLDEST);
  }

  /** What gives way when a lane is full. */
  public enum Evict {
    /** The oldest items. */
    OLDEST,
    /** What would be added: the beginning of an outage is kept. */
    NEWEST,
    /** Every second reading of a point, oldest first: the whole outage stays, with less detail. */
    THIN
  }
}
