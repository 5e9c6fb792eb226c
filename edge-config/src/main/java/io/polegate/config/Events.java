package io.polegate.config;

import io.polegate.api.config.Configuration.Version;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.JournalWriter;
import io.polegate.api.journal.Lane;
import io.polegate.api.time.PoleClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the platform (through the journal) and the log what becomes of documents and secrets. What
 * happens while there is no journal waits for one. Thread-safe.
 */
final class Events {
  private static final Logger LOG = LoggerFactory.getLogger(Events.class);
  private static final int MOST_WAITING = 50;
  private final Deque<JournalItem> waiting = new ArrayDeque<>();
  private Optional<JournalWriter> journal = Optional.empty();
  private volatile Optional<PoleClock> clock = Optional.empty();

  synchronized void bind(JournalWriter writer) {
    journal = Optional.of(writer);
    waiting.forEach(writer::append);
    waiting.clear();
  }

  synchronized void unbind(JournalWriter writer) {
    journal = journal.filter(bound -> bound != writer);
  }

  /** There is one wherever a document is in force. */
  synchronized void bind(PoleClock of) {
    clock = Optional.of(of);
  }

  synchronized void unbind(PoleClock of) {
    clock = clock.filter(bound -> bound != of);
  }

  SampleTime now() {
    return clock
        .map(PoleClock::now)
        .orElseGet(() -> new SampleTime(Instant.now(), TimeQuality.UNTRUSTED));
  }

  void changed(Version version, String change) {
    String summary = Diff.summary(version.diff());
    LOG.info(
        "version {} of the document is kept, by \"{}\", {}",
        version.number(),
        version.author(),
        summary);
    event(
        Lane.STATE,
        "configuration-changed",
        Map.of(
            "change", text(change),
            "version", new Value.Int(version.number()),
            "author", text(version.author()),
            "reason", text(version.reason()),
            "sha256", text(version.sha256()),
            "diff", text(summary)));
  }

  void refused(Attempt attempt, String why) {
    LOG.warn("change \"{}\" by \"{}\" is refused: {}", attempt.id(), attempt.author(), why);
    event(Lane.STATE, "configuration-refused", of(attempt, "why", why));
  }

  void onTrial(Attempt attempt, Duration within) {
    LOG.info(
        "change \"{}\" by \"{}\" is on trial for {} s",
        attempt.id(),
        attempt.author(),
        within.toSeconds());
    event(
        Lane.STATE,
        "configuration-on-trial",
        Map.of(
            "change", text(attempt.id()),
            "author", text(attempt.author()),
            "seconds", new Value.Int(within.toSeconds())));
  }

  /**
   * A change was undone.
   *
   * @param cause one of {@code not-confirmed}, {@code rejected}, {@code restarted}, {@code failed}
   */
  void rolledBack(Attempt attempt, String cause, String why) {
    LOG.warn("change \"{}\" by \"{}\" is undone: {}", attempt.id(), attempt.author(), why);
    event(
        Lane.ALARM,
        "configuration-rolled-back",
        Map.of(
            "change", text(attempt.id()),
            "author", text(attempt.author()),
            "cause", text(cause),
            "why", text(why)));
  }

  /** The document was not to be used at start. */
  void fellBack(String reason, String instead) {
    LOG.error("the document is not used: {}; instead: {}", reason, instead);
    event(
        Lane.ALARM,
        "configuration-fallback",
        Map.of("reason", text(reason), "instead", text(instead)));
  }

  /** Parts of the document cannot be worked, while all others can. */
  void leftOut(List<Problem> problems) {
    problems.forEach(problem -> LOG.warn("a part is left out: {}", problem.text()));
    event(
        Lane.ALARM,
        "configuration-part-left-out",
        Map.of(
            "problem", text(problems.get(0).text()), "problems", new Value.Int(problems.size())));
  }

  /** What keeps documents was damaged. */
  void historyDamaged(String what) {
    LOG.error("history of the document: {}", what);
    event(Lane.ALARM, "configuration-history-damaged", Map.of("message", text(what)));
  }

  /** What keeps secrets was damaged. */
  void secretsDamaged(String what) {
    LOG.error("secrets: {}", what);
    event(Lane.ALARM, "secrets-damaged", Map.of("message", text(what)));
  }

  private synchronized void event(Lane lane, String type, Map<String, Value> attributes) {
    JournalItem item = new JournalItem.Event(lane, now(), type, attributes);
    if (journal.isPresent()) {
      journal.get().append(item);
    } else if (waiting.size() < MOST_WAITING) {
      waiting.add(item);
    }
  }

  private static Map<String, Value> of(Attempt attempt, String key, String text) {
    return Map.of("change", text(attempt.id()), "author", text(attempt.author()), key, text(text));
  }

  private static Value text(String text) {
    return new Value.Text(text);
  }
}
