package io.polegate.buffer;

import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.journal.Sequenced;
import io.polegate.api.time.ClockRun;
import io.polegate.api.time.PoleClock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which numbers belong to which run of the clock, and what makes the untrusted times of a run
 * right. Kept in the marks of the file; outlives a file. Thread-safe.
 */
final class Runs {
  /** Older ones are forgotten: their untrusted times stay as they are. */
  static final int MOST = 100;

  private final PoleClock clock;
  private final NavigableMap<Long, Run> runs = new TreeMap<>();
  private NavigableMap<Long, Run> stored = Collections.emptyNavigableMap();
  private volatile NavigableMap<Long, Optional<Duration>> corrections =
      Collections.emptyNavigableMap();
  private final AtomicLong changes = new AtomicLong();
  private long own;

  Runs(PoleClock clock) {
    this.clock = clock;
  }

  /** A file was opened whose highest number is {@code last}; the first one begins our own run. */
  synchronized void load(Marks marks, long last) throws SQLException {
    NavigableMap<Long, Run> there = Run.all(marks);
    there.forEach(runs::putIfAbsent);
    stored = there;
    if (own == 0) {
      own = last + 1;
      runs.tailMap(own, true).clear();
      ClockRun run = clock.run();
      runs.put(own, new Run(own, run.boot(), run.zero(), run.correction(), false));
    }
    while (runs.size() > MOST) {
      runs.pollFirstEntry();
    }
    publish();
  }

  /** Asks the clock what was learnt; gives the runs whose untrusted times are right from now on. */
  synchronized List<Corrected> look() {
    ClockRun now = clock.run();
    List<Corrected> corrected = new ArrayList<>();
    if (now.correction().isEmpty() || own == 0) {
      return corrected;
    }
    for (Run run : List.copyOf(runs.values())) {
      // what was learnt first stays: later steps must not change what was delivered
      if (run.boot().equals(now.boot()) && run.correction().isEmpty()) {
        Duration by = now.correction().get().plus(Duration.between(run.zero(), now.zero()));
        runs.put(run.first(), run.correctedBy(by));
        corrected.add(new Corrected(run.first(), end(run), by));
      }
    }
    if (!corrected.isEmpty()) {
      publish();
    }
    return corrected;
  }

  /** Part of every transaction; writes what changed since the last one. */
  synchronized void store(Marks marks) throws SQLException {
    if (runs.equals(stored)) {
      return;
    }
    for (Run run : stored.values()) {
      if (!runs.containsKey(run.first())) {
        run.delete(marks);
      }
    }
    for (Run run : runs.values()) {
      if (!run.equals(stored.get(run.first()))) {
        run.put(marks);
      }
    }
    stored = new TreeMap<>(runs);
  }

  /** The number at which this process began; empty before a file could be opened. */
  synchronized OptionalLong own() {
    return own == 0 ? OptionalLong.empty() : OptionalLong.of(own);
  }

  /** Runs of earlier boots whose times nobody will ever know, and of which nobody was told yet. */
  synchronized List<Corrected> lost() {
    String boot = clock.run().boot();
    return runs.values().stream()
        .filter(run -> run.correction().isEmpty() && !run.told() && !run.boot().equals(boot))
        .map(run -> new Corrected(run.first(), end(run), Duration.ZERO))
        .filter(run -> run.to().isPresent() && run.to().getAsLong() >= run.from())
        .toList();
  }

  /** It is on disk that the times of this run are not known. */
  synchronized void told(long first) {
    runs.computeIfPresent(first, (key, run) -> run.toldOf());
  }

  /** Grows whenever times that were read before would be read otherwise now. */
  long changes() {
    return changes.get();
  }

  /** The same with all times right that can be. */
  DecodedBlock corrected(DecodedBlock block) {
    NavigableMap<Long, Optional<Duration>> known = corrections;
    if (block.items().stream().allMatch(item -> isKnown(ItemTime.of(item.item())))) {
      return block;
    }
    List<Sequenced> items = block.items().stream().map(item -> corrected(item, known)).toList();
    return new DecodedBlock(block.lane(), block.first(), block.ordinal(), block.span(), items);
  }

  private static Sequenced corrected(Sequenced item, NavigableMap<Long, Optional<Duration>> known) {
    SampleTime time = ItemTime.of(item.item());
    Map.Entry<Long, Optional<Duration>> run = known.floorEntry(item.seq());
    if (isKnown(time) || run == null || run.getValue().isEmpty()) {
      return item;
    }
    SampleTime right =
        new SampleTime(time.instant().plus(run.getValue().get()), TimeQuality.CORRECTED);
    return new Sequenced(item.seq(), ItemTime.with(item.item(), right));
  }

  private static boolean isKnown(SampleTime time) {
    return time.quality() != TimeQuality.UNTRUSTED;
  }

  private void publish() {
    TreeMap<Long, Optional<Duration>> next = new TreeMap<>();
    runs.forEach((first, run) -> next.put(first, run.correction()));
    corrections = next;
    changes.incrementAndGet();
  }

  private OptionalLong end(Run run) {
    return Optional.ofNullable(runs.higherKey(run.first()))
        .map(next -> OptionalLong.of(next - 1))
        .orElseGet(OptionalLong::empty);
  }

  /**
   * What is said of the times of a run.
   *
   * @param from its first number
   * @param to its last number; empty for the run that goes on
   * @param by what was added to its untrusted times
   */
  record Corrected(long from, OptionalLong to, Duration by) {}
}
