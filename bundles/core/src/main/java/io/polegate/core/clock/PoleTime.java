package io.polegate.core.clock;

import io.polegate.api.config.ClockSpec.Trust;
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
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The rules of the pole's clock; {@link #look} has to be called every few seconds, by one thread.
 * All else is thread-safe, and reading the time takes no lock.
 */
final class PoleTime implements PoleClock {
  /** What the wall clock may gain or lose between two looks before it was set by somebody. */
  private static final Duration STEP = Duration.ofSeconds(2);

  /** What a message of a platform may have been under way. */
  private static final Duration UNDER_WAY = Duration.ofMinutes(1);

  /** So far ahead the clock of a device may be. */
  private static final Duration AHEAD = Duration.ofDays(1);

  /** Two readings of clocks that are less apart count as one. */
  private static final Duration AT_ONCE = Duration.ofMillis(100);

  private static final int MOST_TRIES = 5;

  private final Sources sources;
  private final Floor floor;
  private final ClockNews news;
  private final RunClock run;
  private final Boot boot;
  private final Instant zero;
  private long steadySinceNanos;
  private TimeWord word;
  private volatile Face face;

  /** Where time comes from. */
  record Sources(InstantSource system, LongSupplier nanos, Word services) {}

  /** What time services say; {@code fresh} if what they said lately does not count. */
  interface Word {
    TimeWord ask(boolean fresh);
  }

  /** Takes a first look, so that a clock that is right is trusted from the first stamp on. */
  PoleTime(Sources sources, Boot boot, Floor floor, ClockNews news) {
    this.sources = sources;
    this.boot = boot;
    this.floor = floor;
    this.news = news;
    Instant said = sources.system().instant();
    Instant begin = floor.allows(said) ? said : floor.instant();
    this.run = new RunClock(begin, sources.nanos());
    this.zero = run.before(boot.uptime());
    long now = sources.nanos().getAsLong();
    this.steadySinceNanos = now - Floor.WRITE_EVERY.toNanos();
    this.word = sources.services().ask(false);
    Face nothing = new Face(Source.NONE, Optional.empty(), now, floor.least(), "");
    this.face = judged(nothing, both(), false);
    if (!face.trusted()) {
      news.untrusted(now(), face.message());
    }
  }

  @Override
  public Instant instant() {
    return now().instant();
  }

  @Override
  public SampleTime now() {
    Face now = face;
    if (now.followsSystem()) {
      Instant said = sources.system().instant();
      if (!said.isBefore(now.least())) {
        return stamp(said, TimeQuality.TRUSTED);
      }
      // the next look will say so
      return stamp(now.held(run.instant()), TimeQuality.CORRECTED);
    }
    if (now.trusted()) {
      return stamp(now.held(run.instant()), TimeQuality.TRUSTED);
    }
    return stamp(
        now.held(run.instant()),
        now.correction().isPresent() ? TimeQuality.CORRECTED : TimeQuality.UNTRUSTED);
  }

  @Override
  public SampleTime stamp(Instant byDevice) {
    SampleTime now = now();
    boolean believed =
        now.quality() == TimeQuality.TRUSTED
            && !byDevice.isBefore(Floor.BUILT)
            && !byDevice.isAfter(now.instant().plus(AHEAD));
    return believed ? stamp(byDevice, TimeQuality.TRUSTED) : now;
  }

  private static SampleTime stamp(Instant instant, TimeQuality quality) {
    return new SampleTime(instant.truncatedTo(ChronoUnit.MILLIS), quality);
  }

  @Override
  public ClockStatus status() {
    Face now = face;
    Optional<Duration> trustedFor =
        now.trusted()
            ? Optional.of(Duration.ofNanos(sources.nanos().getAsLong() - now.sinceNanos()))
            : Optional.empty();
    return new ClockStatus(now.source(), floor.instant(), trustedFor, now.message());
  }

  @Override
  public ClockRun run() {
    return new ClockRun(boot.id(), zero, face.correction());
  }

  @Override
  public synchronized void heard(Instant said, String who) {
    Face before = face;
    Both now = both();
    boolean known = before.trusted() && near(said, before.held(now.run()));
    if (before.followsSystem() || known || !floor.allows(said)) {
      return;
    }
    boolean agrees = near(said, now.system()) && floor.allows(now.system());
    Both learnt = new Both(now.run(), agrees ? now.system() : said);
    become(before, following(before, Source.PLATFORM, learnt), learnt, who);
  }

  /** Another document is in force. */
  synchronized void trust(Trust trust) {
    if (floor.trust() != trust) {
      floor.trust(trust);
      judge(false);
    }
  }

  /** Compares the system clock with the monotonic one and asks who vouches for it. */
  void look() {
    boolean stepped = hasStepped();
    // may take two seconds
    TimeWord said = sources.services().ask(stepped);
    synchronized (this) {
      word = said;
      judge(stepped || hasStepped());
      if (face.followsSystem() && isSteady()) {
        floor.remember(now().instant());
      }
    }
  }

  private boolean hasStepped() {
    Face now = face;
    Both both = both();
    return now.followsSystem() && isUneven(Duration.between(now.held(both.run()), both.system()));
  }

  private void judge(boolean stepped) {
    Both now = both();
    become(face, judged(face, now, stepped), now, word.message());
  }

  /** The process ends. */
  synchronized void end() {
    if (face.followsSystem() && isSteady()) {
      floor.rememberNow(now().instant());
    }
  }

  private boolean isSteady() {
    return sources.nanos().getAsLong() - steadySinceNanos >= Floor.WRITE_EVERY.toNanos();
  }

  private Face judged(Face before, Both now, boolean stepped) {
    Instant said = now.system();
    boolean isPossible = Floor.isPossible(said);
    if (word.isSynchronised() && isPossible) {
      floor.correct(said);
      return following(before, Source.SYSTEM, now);
    }
    Trust trust = floor.trust();
    if (before.source() == Source.PLATFORM && trust != Trust.FLOOR) {
      return before;
    }
    boolean nobodyElse = word.state() == TimeWord.State.NOBODY;
    if ((trust == Trust.FLOOR || (trust == Trust.AUTO && nobodyElse)) && floor.allows(said)) {
      return following(before, Source.FLOOR, now);
    }
    if (before.source() == Source.PLATFORM) {
      return before;
    }
    if (before.source() == Source.SYSTEM && !stepped && isPossible) {
      // a clock that was right goes on being right, even if its time service ends
      return following(before, Source.SYSTEM, now);
    }
    return new Face(
        Source.NONE, before.correction(), before.sinceNanos(), floor.least(), why(said));
  }

  private Face following(Face before, Source source, Both now) {
    return new Face(
        source,
        Optional.of(Duration.between(now.run(), now.system())),
        before.trusted() ? before.sinceNanos() : sources.nanos().getAsLong(),
        source == Source.SYSTEM ? Floor.BUILT : floor.least(),
        "");
  }

  private void become(Face before, Face after, Both now, String who) {
    if (after.equals(before)) {
      return;
    }
    face = after;
    Instant expected = before.held(now.run());
    Duration off = Duration.between(expected, now.system());
    boolean stepped = before.trusted() && after.trusted() && isUneven(off);
    if (stepped) {
      steadySinceNanos = sources.nanos().getAsLong();
      news.stepped(now(), after.source(), expected, now.system());
    } else if (!before.trusted() && after.trusted()) {
      news.trusted(now(), after.source(), off, by(after.source(), who));
    } else if (before.trusted() && !after.trusted()) {
      news.untrusted(now(), after.message());
    }
  }

  private static String by(Source source, String who) {
    return source == Source.FLOOR ? "the date of the system clock" : who;
  }

  private String why(Instant said) {
    if (!floor.allows(said)) {
      return "the system clock says "
          + said.truncatedTo(ChronoUnit.SECONDS)
          + ", which cannot be right after "
          + floor.instant()
          + "; "
          + word.message();
    }
    return word.message() + ", and no platform said what time it is";
  }

  /**
   * Both clocks at one moment.
   *
   * @param system what is taken for the present
   */
  private record Both(Instant run, Instant system) {}

  /** A process that is held up between two looks would see a step that never was. */
  private Both both() {
    Instant before = run.instant();
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Instant system = sources.system().instant();
      Instant after = run.instant();
      if (Duration.between(before, after).compareTo(AT_ONCE) <= 0) {
        return new Both(after, system);
      }
      before = after;
    }
    return new Both(before, sources.system().instant());
  }

  private static boolean isUneven(Duration off) {
    return off.abs().compareTo(STEP) > 0;
  }

  private static boolean near(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(UNDER_WAY) <= 0;
  }
}
