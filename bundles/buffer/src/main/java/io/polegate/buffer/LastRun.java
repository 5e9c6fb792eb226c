package io.polegate.buffer;

import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalException;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import io.polegate.api.time.PoleClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be said, at a start, of the time before it: how the last run ended and for how long
 * there was none, and whose times nobody will know. Used once.
 */
final class LastRun {
  static final String STOPPED = "stopped";
  static final String POWER_OFF = "power-off";
  static final String CLOCK_UNKNOWN = "clock-unknown";

  /** The end of a run is in its newest states. */
  private static final int MOST_BLOCKS = 64;

  private final BlockReader reader;
  private final PoleClock clock;
  private final long own;

  /**
   * Looks at what is there.
   *
   * @param own first number of the present run; nothing from there on counts
   */
  LastRun(BlockReader reader, PoleClock clock, long own) {
    this.reader = reader;
    this.clock = clock;
    this.own = own;
  }

  /** The time without a gateway; empty if there was none before. */
  Optional<JournalItem> absence() throws JournalException {
    List<Sequenced> newest = new ArrayList<>();
    for (Lane lane : Lane.values()) {
      newest.addAll(items(lane, 1));
    }
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    SampleTime now = clock.now();
    Map<String, Value> attributes = new HashMap<>();
    attributes.put("cause", new Value.Text(endedInOrder() ? STOPPED : POWER_OFF));
    if (now.quality() == TimeQuality.TRUSTED) {
      attributes.put("until", new Value.Int(now.instant().toEpochMilli()));
    }
    lastAlive(newest, now)
        .ifPresent(since -> attributes.put("since", new Value.Int(since.toEpochMilli())));
    return Optional.of(gap(attributes));
  }

  /** The record of a run without any date. */
  JournalItem unknown(Runs.Corrected run) {
    long to = run.to().orElse(run.from());
    return gap(
        Map.of(
            "cause", new Value.Text(CLOCK_UNKNOWN),
            "from", new Value.Int(run.from()),
            "to", new Value.Int(to),
            "count", new Value.Int(to - run.from() + 1)));
  }

  private JournalItem gap(Map<String, Value> attributes) {
    return new JournalItem.Event(Lane.ALARM, clock.now(), Lost.TYPE, attributes);
  }

  /** Stamps of devices may be old, and those of a clock that was set may be ahead. */
  private static Optional<Instant> lastAlive(List<Sequenced> newest, SampleTime now) {
    return newest.stream()
        .map(item -> ItemTime.of(item.item()))
        .filter(time -> time.quality() != TimeQuality.UNTRUSTED)
        .map(SampleTime::instant)
        .filter(time -> now.quality() != TimeQuality.TRUSTED || !time.isAfter(now.instant()))
        .max(Instant::compareTo);
  }

  private boolean endedInOrder() throws JournalException {
    List<Sequenced> states = items(Lane.STATE, MOST_BLOCKS);
    return states.stream()
        .map(item -> item.item() instanceof JournalItem.Event event ? event.type() : "")
        .filter(type -> type.equals("gateway-started") || type.equals("gateway-stopped"))
        .reduce((before, after) -> after)
        .filter("gateway-stopped"::equals)
        .isPresent();
  }

  /** Items of the newest blocks of the runs before, ascending. */
  private List<Sequenced> items(Lane lane, int blocks) throws JournalException {
    List<Sequenced> items = new ArrayList<>();
    for (DecodedBlock block : reader.before(lane, own, blocks)) {
      items.addAll(0, block.items().stream().filter(item -> item.seq() < own).toList());
    }
    return items;
  }
}
