package io.polegate.core;

import io.polegate.api.config.PointSpec;
import io.polegate.api.data.Reading;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes an event of each change of a point, where the document asks for it. The first good value is
 * a change from something unknown; a gap of bad readings is none. Confined to one thread.
 */
final class ChangeEvents {
  private final String device;
  private final String point;
  private final Optional<Lane> lane;
  private final double deadband;
  private @Nullable Value previous;

  ChangeEvents(String device, PointSpec spec) {
    this.device = device;
    this.point = spec.id();
    this.lane = spec.report().event();
    this.deadband = spec.report().deadband();
  }

  /** The event that this reading is worth. */
  Optional<JournalItem> of(Reading reading) {
    if (lane.isEmpty() || !(reading instanceof Reading.Good good)) {
      return Optional.empty();
    }
    Value before = previous;
    if (before != null && !Deadband.left(before, good.value(), deadband)) {
      return Optional.empty();
    }
    previous = good.value();
    Map<String, Value> attributes = new HashMap<>();
    attributes.put("device", new Value.Text(device));
    attributes.put("point", new Value.Text(point));
    attributes.put("value", good.value());
    if (before != null) {
      attributes.put("previous", before);
    }
    return Optional.of(new JournalItem.Event(lane.get(), good.time(), "point-changed", attributes));
  }
}
