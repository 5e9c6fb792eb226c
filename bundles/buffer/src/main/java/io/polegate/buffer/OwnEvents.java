package io.polegate.buffer;

import io.polegate.api.data.SampleTime;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.api.time.PoleClock;
import java.util.HashMap;
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

  JournalItem wear(Wear.Turn turn) {
    return new JournalItem.Event(
        Lane.STATE,
        now(),
        turn.over() ? "write-budget-exceeded" : "write-budget-met",
        Map.of(
            "per-year", new Value.Int(turn.perYearBytes()),
            "budget", new Value.Int(turn.budgetBytes())));
  }

  /** Untrusted times were put right; a platform that has them already can do the same. */
  JournalItem timesCorrected(Runs.Corrected run) {
    Map<String, Value> attributes = new HashMap<>();
    attributes.put("from", new Value.Int(run.from()));
    run.to().ifPresent(to -> attributes.put("to", new Value.Int(to)));
    attributes.put("seconds", new Value.Real(run.by().toMillis() / 1000.0));
    return new JournalItem.Event(Lane.STATE, now(), "times-corrected", attributes);
  }

  JournalItem disk(FreeSpace.Turn turn) {
    return event(
        turn.low() ? "disk-low" : "disk-low-ended",
        Map.of("free", new Value.Int(turn.freeBytes())));
  }

  private JournalItem event(String type, Map<String, Value> attributes) {
    return new JournalItem.Event(Lane.ALARM, now(), type, attributes);
  }

  private SampleTime now() {
    return clock.now();
  }
}
