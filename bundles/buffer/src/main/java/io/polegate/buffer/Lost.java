package io.polegate.buffer;

import io.polegate.api.data.SampleTime;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Items that will not come.
 *
 * @param from lowest number of them
 * @param to highest number of them
 * @param count how many; for damage of unknown extent the most it can be
 * @param lane wire name of the lane, or {@link #ANY_LANE}
 * @param cause wire name of the cause
 */
record Lost(long from, long to, long count, String lane, String cause) {
  static final String EVICTED = "evicted";
  static final String THINNED = "thinned";
  static final String EXPIRED = "expired";
  static final String OVERFLOW = "overflow";
  static final String DAMAGED = "damaged";
  static final String ANY_LANE = "any";

  static final String TYPE = "gap";

  static Lost of(long from, long to, long count, Lane lane, String cause) {
    return new Lost(from, to, count, wireName(lane), cause);
  }

  static String wireName(Lane lane) {
    return lane.name().toLowerCase(Locale.ROOT);
  }

  /** One loss that spans both. */
  Lost with(Lost other) {
    return new Lost(
        Math.min(from, other.from), Math.max(to, other.to), count + other.count, lane, cause);
  }

  /** The same of items that are numbered {@code by} higher. */
  Lost shifted(long by) {
    return new Lost(from + by, to + by, count, lane, cause);
  }

  boolean sameKind(Lost other) {
    return lane.equals(other.lane) && cause.equals(other.cause);
  }

  JournalItem.Event toEvent(SampleTime time) {
    return new JournalItem.Event(
        Lane.ALARM,
        time,
        TYPE,
        Map.of(
            "from", new Value.Int(from),
            "to", new Value.Int(to),
            "count", new Value.Int(count),
            "lane", new Value.Text(lane),
            "cause", new Value.Text(cause)));
  }

  /** The loss that an event reports, if it reports one. */
  static Optional<Lost> fromEvent(JournalItem item) {
    if (item instanceof JournalItem.Event event
        && event.type().equals(TYPE)
        && event.attributes().get("from") instanceof Value.Int from
        && event.attributes().get("to") instanceof Value.Int to
        && event.attributes().get("count") instanceof Value.Int count
        && event.attributes().get("lane") instanceof Value.Text lane
        && event.attributes().get("cause") instanceof Value.Text cause) {
      return Optional.of(
          new Lost(from.value(), to.value(), count.value(), lane.value(), cause.value()));
    }
    return Optional.empty();
  }
}
