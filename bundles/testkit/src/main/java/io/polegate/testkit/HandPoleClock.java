package io.polegate.testkit;

import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.time.ClockRun;
import io.polegate.api.time.ClockStatus;
import io.polegate.api.time.ClockStatus.Source;
import io.polegate.api.time.PoleClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A pole's clock whose trust is given and taken by hand; trusted at first. Believes every device
 * while it is trusted. Thread-safe.
 */
public final class HandPoleClock implements PoleClock {
  private final InstantSource source;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private volatile boolean trusted = true;
  private volatile ClockRun run = new ClockRun("boot-1", Instant.EPOCH, Optional.empty());

  /** Shows the time of another clock. */
  public HandPoleClock(InstantSource source) {
    this.source = source;
  }

  /** The clock of this machine, trusted. */
  public static HandPoleClock system() {
    return new HandPoleClock(InstantSource.system());
  }

  /** From now on stamps are trusted, or not. */
  public void trust(boolean now) {
    trusted = now;
  }

  /** Time is learnt: stamps are trusted from now on, and those of before were behind by so much. */
  public void learn(Duration correction) {
    run = new ClockRun(run.boot(), run.zero(), Optional.of(correction));
    trusted = true;
  }

  /** Becomes that of another process or boot. */
  public void run(ClockRun other) {
    run = other;
  }

  /** What platforms said, as {@code <who>: <instant>}. */
  public List<String> heard() {
    return List.copyOf(heard);
  }

  @Override
  public Instant instant() {
    return source.instant();
  }

  @Override
  public SampleTime now() {
    return stamp(source.instant());
  }

  @Override
  public SampleTime stamp(Instant instant) {
    return new SampleTime(
        instant.truncatedTo(ChronoUnit.MILLIS),
        trusted ? TimeQuality.TRUSTED : TimeQuality.UNTRUSTED);
  }

  @Override
  public ClockStatus status() {
    return trusted
        ? new ClockStatus(Source.FLOOR, Instant.EPOCH, Optional.of(Duration.ZERO), "")
        : new ClockStatus(Source.NONE, Instant.EPOCH, Optional.empty(), "nobody knows the time");
  }

  @Override
  public ClockRun run() {
    return run;
  }

  @Override
  public void heard(Instant said, String who) {
    heard.add(who + ": " + said);
  }
}
