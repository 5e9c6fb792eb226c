package io.polegate.buffer;

import io.polegate.api.data.SampleTime;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.api.time.PoleClock;
import java.util.Map;

/** The events that the journal itself has to report. Thread-safe. */
final class OwnEvents {
  private final PoleClock clock;

  OwnEvents(PoleClock clock) {
    this.clock = clock;
  }

  JournalItem gap(Lost lost) {
    return lost.toEvent(now());
  }

  JournalItem damaged(JournalFiles.Damage damage) {
    return event(
        "journal-damaged",
        Map.of(
            "reason", new Value.Text(damage.reason()),
            "salvaged", new Value.Int(damage.items()),
            "file", new Value.Text(damage.aside())));
  }

  JournalItem recovered(String trouble) {
    return event("journal-recovered", Map.of("message", new Value.Text(trouble)));
  }

  private JournalItem event(String type, Map<String, Value> attributes) {
    return new JournalItem.Event(Lane.ALARM, now(), type, attributes);
  }

  private SampleTime now() {
    return clock.now();
  }
}
