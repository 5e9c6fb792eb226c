package io.polegate.core.clock;

import io.polegate.api.data.SampleTime;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.JournalWriter;
import io.polegate.api.journal.Lane;
import io.polegate.api.time.ClockStatus.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log and the platform what becomes of the clock. The journal needs the clock and comes
 * later, so what happens before waits for it. Thread-safe.
 */
final class ClockNews {
  private static final Logger LOG = LoggerFactory.getLogger(ClockNews.class);
  private static final int MOST_WAITING = 20;

  private final Deque<JournalItem> waiting = new ArrayDeque<>();
  private Optional<JournalWriter> journal = Optional.empty();

  synchronized void bind(JournalWriter writer) {
    journal = Optional.of(writer);
    waiting.forEach(writer::append);
    waiting.clear();
  }

  synchronized void unbind(JournalWriter writer) {
    journal = journal.filter(bound -> bound != writer);
  }

  /**
   * Time was learnt.
   *
   * @param offset what the clock was behind before
   * @param by who vouches, for a person
   */
  void trusted(SampleTime now, Source source, Duration offset, String by) {
    LOG.info("the clock is trusted, by {}; it was {} behind", by, offset);
    event(
        now,
        "clock-trusted",
        Map.of("source", wireName(source), "by", text(by), "seconds", seconds(offset)));
  }

  void untrusted(SampleTime now, String message) {
    LOG.warn("the clock is not trusted: {}", message);
    event(now, "clock-untrusted", Map.of("message", text(message)));
  }

  /** The clock is trusted before and after, and did not run evenly in between. */
  void stepped(SampleTime now, Source source, Instant from, Instant to) {
    LOG.warn("the clock was set from {} to {}", from, to);
    event(
        now,
        "clock-stepped",
        Map.of(
            "from",
            new Value.Int(from.toEpochMilli()),
            "to",
            new Value.Int(to.toEpochMilli()),
            "seconds",
            seconds(Duration.between(from, to)),
            "source",
            wireName(source)));
  }

  private synchronized void event(SampleTime now, String type, Map<String, Value> attributes) {
    JournalItem item = new JournalItem.Event(Lane.STATE, now, type, attributes);
    if (journal.isPresent()) {
      journal.get().append(item);
    } else if (waiting.size() < MOST_WAITING) {
      waiting.add(item);
    }
  }

  private static Value seconds(Duration time) {
    return new Value.Real(time.toMillis() / 1000.0);
  }

  private static Value wireName(Source source) {
    return text(source.name().toLowerCase(Locale.ROOT));
  }

  private static Value text(String text) {
    return new Value.Text(text);
  }
}
