package io.polegate.core.clock;

import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.JournalWriter;
import io.polegate.testkit.HandClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A pole's clock over clocks that are turned by hand; the tests are its thread. */
final class ClockRig implements JournalWriter {
  static final Duration LOOK = Duration.ofSeconds(2);
  static final TimeWord NOT_YET = new TimeWord(TimeWord.State.NOT_YET, "the service has no time");
  static final TimeWord GOOD = new TimeWord(TimeWord.State.SYNCHRONISED, "the service");

  final HandClock clock;
  final Path file;
  final List<JournalItem.Event> events = new ArrayList<>();
  TimeWord services = TimeWord.NOBODY;
  PoleTime time;

  private ClockRig(Path folder, HandClock clock, TimeWord services) {
    this.file = folder.resolve("clock");
    this.clock = clock;
    this.services = services;
    this.time = start("boot-1", Duration.ofSeconds(40));
  }

  /** A pole with a clock that says this at its first start, and nobody to ask. */
  static ClockRig at(Path folder, String wall) {
    return new ClockRig(folder, new HandClock(Instant.parse(wall)), TimeWord.NOBODY);
  }

  /** As above, with a time service that has this to say. */
  static ClockRig at(Path folder, String wall, TimeWord services) {
    return new ClockRig(folder, new HandClock(Instant.parse(wall)), services);
  }

  /** Another process begins. */
  PoleTime start(String boot, Duration uptime) {
    ClockNews news = new ClockNews();
    news.bind(this);
    time =
        new PoleTime(
            new PoleTime.Sources(clock, clock.monotonic(), fresh -> services),
            new Boot(boot, uptime),
            new Floor(new FloorFile(file), clock.monotonic()),
            news);
    return time;
  }

  /** Time passes, and the clock is looked at as on a pole. */
  void pass(Duration span) {
    for (long looks = span.dividedBy(LOOK); looks > 0; looks--) {
      clock.advance(LOOK);
      time.look();
    }
  }

  /** Somebody sets the system clock, and the next look is over. */
  void set(Instant wall) {
    clock.setWall(wall);
    time.look();
  }

  /** Types of events so far, in order. */
  List<String> told() {
    return events.stream().map(JournalItem.Event::type).toList();
  }

  /** An attribute of the last event. */
  Value last(String attribute) {
    return Objects.requireNonNull(events.get(events.size() - 1).attributes().get(attribute));
  }

  @Override
  public void append(JournalItem item) {
    events.add((JournalItem.Event) item);
  }

  @Override
  public CompletionStage<Long> appendDurably(JournalItem item) {
    append(item);
    return CompletableFuture.completedStage(0L);
  }
}
