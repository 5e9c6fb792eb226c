package io.polegate.config;

import io.polegate.api.config.JournalSpec;
import io.polegate.api.config.JournalSpec.Evict;
import io.polegate.api.config.JournalSpec.LaneSpec;
import io.polegate.api.journal.Lane;
import io.polegate.api.settings.Quantity;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The keys of the journal, those of its lanes among them. Stateless. */
final class JournalKeys {
  private static final Setting<Long> LIMIT =
      Setting.size("limit", 1_000_000, 100_000_000_000L)
          .defaultsTo(Quantity.text(JournalSpec.DEFAULT.limitBytes()))
          .described("most that the journal may use on disk");
  private static final Setting<Duration> COMMIT_INTERVAL =
      Setting.duration("commit-interval", Duration.ofMillis(10), Duration.ofSeconds(60))
          .defaultsTo(Quantity.text(JournalSpec.DEFAULT.commitInterval()))
          .described("longest time that readings wait before they are on disk");
  private static final Setting<Long> YEARLY_WRITES =
      Setting.size("yearly-writes", 1_000_000, 1_000_000_000_000_000L)
          .described("what the gateway may write to the flash in a year; more raises an event");

  private static final Map<Lane, OfLane> LANES = lanes();

  static final Schema SCHEMA = Schema.of(all().toArray(Setting<?>[]::new));

  private JournalKeys() {}

  /** The settings of one lane. */
  private record OfLane(Setting<Long> limit, Setting<Duration> keep, Setting<Evict> evict) {}

  /** What a document says, with defaults. */
  static JournalSpec read(Section journal) {
    Map<Lane, LaneSpec> lanes = new EnumMap<>(Lane.class);
    LANES.forEach(
        (lane, keys) -> {
          LaneSpec spec =
              new LaneSpec(
                  size(journal.value(keys.limit())),
                  journal.value(keys.keep()),
                  journal.value(keys.evict()).orElse(Evict.OLDEST));
          if (!spec.equals(LaneSpec.DEFAULT)) {
            lanes.put(lane, spec);
          }
        });
    return new JournalSpec(
        journal.value(LIMIT).orElse(0L),
        journal.value(COMMIT_INTERVAL).orElse(Duration.ZERO),
        lanes,
        size(journal.value(YEARLY_WRITES)));
  }

  private static OptionalLong size(Optional<Long> bytes) {
    return bytes.map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  private static Map<Lane, OfLane> lanes() {
    Map<Lane, OfLane> lanes = new EnumMap<>(Lane.class);
    for (Lane lane : Lane.values()) {
      String name = lane.name().toLowerCase(Locale.ROOT);
      String key = "lanes." + name + ".";
      lanes.put(
          lane,
          new OfLane(
              Setting.size(key + "limit", 100_000, 100_000_000_000L)
                  .described("most that this lane may use of it"),
              Setting.duration(key + "keep", Duration.ofMinutes(1), Duration.ofDays(3650))
                  .described("what is older is not sent any more"),
              Setting.choice(key + "evict", Evict.class)
                  .defaultsTo("oldest")
                  .described("what gives way first when the lane is full: see buffer/README.md")));
    }
    return lanes;
  }

  private static List<Setting<?>> all() {
    List<Setting<?>> all = new ArrayList<>(List.of(LIMIT, COMMIT_INTERVAL, YEARLY_WRITES));
    LANES.values().forEach(lane -> all.addAll(List.of(lane.limit(), lane.keep(), lane.evict())));
    return all;
  }
}
